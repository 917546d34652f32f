#include "service/providers/http_plan_check.h"

#include "service/providers/server_text.h"

#include <string.h>

static const WhAddress sample_ipv4 = {.family = WH_FAMILY_IPV4, .bytes = {192, 0, 2, 1}};
static const WhAddress sample_ipv6 = {.family = WH_FAMILY_IPV6,
                                      .bytes = {0x20, 0x01, 0x0d, 0xb8, [15] = 1}};
static const char *const sample_hosts[] = {"sample.example.net"};

static const char *sample_of(const WhField *field)
{
    switch (field->kind) {
    case WH_FIELD_HOST:
        return "sample.example.net";
    case WH_FIELD_URL:
        return "https://sample.example.net/update";
    case WH_FIELD_CHOICE:
        return field->choices[0];
    case WH_FIELD_TEXT:
    case WH_FIELD_SECRET:
    case WH_FIELD_NUMBER:
        return "1";
    }
    return "1";
}

static GHashTable *sample_secrets(const WhDefinition *definition, gboolean all)
{
    GHashTable *secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (field->kind == WH_FIELD_SECRET && (all || field->required))
            g_hash_table_insert(secrets, g_strdup(field->name), wh_secret_new("1", -1));
    }
    return secrets;
}

static WhAccount *sample_account(const WhDefinition *definition)
{
    WhAccount *account = wh_account_new("sample", definition->id, "sample");
    for (guint i = 0; i < definition->fields->len; i++) {
        const WhField *field = definition->fields->pdata[i];
        if (field->kind != WH_FIELD_SECRET && field->required)
            g_hash_table_insert(account->fields, g_strdup(field->name), g_strdup(sample_of(field)));
    }
    return account;
}

static void try_fill(WhDefinitionReader *reader, const WhHttpPlan *plan, WhTemplateValues *values,
                     gboolean v4, gboolean v6)
{
    values->addresses[WH_FAMILY_IPV4] = v4 ? &sample_ipv4 : NULL;
    values->addresses[WH_FAMILY_IPV6] = v6 ? &sample_ipv6 : NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(WhHttpMessage) message = wh_http_plan_fill(plan, values, &error);
    if (message == NULL)
        wh_definition_reader_fail(
            reader, "http", NULL,
            "a request with %s cannot be made: %s Put it into [ ] or say what "
            "stands there instead.",
            !v6   ? "IPv4 alone"
            : !v4 ? "IPv6 alone"
                  : "both families",
            error->message);
}

/* Whether an account with this choice (of the field that picks the URL, if any) may send both
 * families at once. */
static gboolean may_go_together(const WhDefinition *definition, const WhHttpPlan *plan,
                                const char *choice)
{
    if (definition->together_field == NULL)
        return definition->manners.together;
    return g_strcmp0(definition->together_field, plan->choice_field) != 0 ||
           g_strcmp0(definition->together_choice, choice) == 0;
}

static void try_families(WhDefinitionReader *reader, const WhDefinition *definition,
                         const WhHttpPlan *plan, const char *choice, WhTemplateValues *values)
{
    try_fill(reader, plan, values, TRUE, FALSE);
    try_fill(reader, plan, values, FALSE, TRUE);
    if (may_go_together(definition, plan, choice))
        try_fill(reader, plan, values, TRUE, TRUE);
}

void wh_http_plan_check(WhDefinitionReader *reader, const WhDefinition *definition,
                        const WhHttpPlan *plan)
{
    g_autoptr(WhAccount) account = sample_account(definition);
    g_autoptr(GHashTable) secrets = sample_secrets(definition, FALSE);
    WhTemplateValues values = {.definition = definition,
                               .account = account,
                               .secrets = secrets,
                               .hosts = sample_hosts,
                               .n_hosts = 1};
    if (plan->choice_field == NULL) {
        try_families(reader, definition, plan, NULL, &values);
        return;
    }
    const WhField *field = wh_definition_field(definition, plan->choice_field);
    for (char **choice = field->choices; *choice != NULL; choice++) {
        g_hash_table_insert(account->fields, g_strdup(plan->choice_field), g_strdup(*choice));
        try_families(reader, definition, plan, *choice, &values);
    }
}

static char *origin_of(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED, NULL);
    if (uri == NULL || g_uri_get_host(uri) == NULL)
        return NULL;
    const char *scheme = g_uri_get_scheme(uri);
    guint16 standard = strcmp(scheme, "http") == 0 ? 80 : 443;
    int port = g_uri_get_port(uri);
    return wh_server_text_origin(scheme, g_uri_get_host(uri), port > 0 ? (guint16)port : standard,
                                 standard);
}

static void add_origin(GString *origins, const WhHttpPlan *plan, const WhTemplateValues *values)
{
    const WhTemplate *template = wh_http_plan_url(plan, values);
    g_autoptr(WhSecret) url = NULL;
    if (template == NULL || !wh_template_fill(template, values, &url, NULL, NULL))
        return;
    g_autofree char *origin = origin_of(wh_secret_peek(url));
    g_auto(GStrv) known = g_strsplit(origins->str, " ", -1);
    if (origin == NULL || g_strv_contains((const char *const *)known, origin))
        return;
    g_string_append_printf(origins, "%s%s", origins->len > 0 ? " " : "", origin);
}

char *wh_http_plan_origins(const WhHttpPlan *plan, const WhDefinition *definition,
                           const WhAccount *account)
{
    g_autoptr(GHashTable) secrets = sample_secrets(definition, TRUE);
    WhTemplateValues values = {.definition = definition,
                               .account = account,
                               .secrets = secrets,
                               .hosts = sample_hosts,
                               .n_hosts = 1,
                               .ttl = 1};
    GString *origins = g_string_new(NULL);
    values.addresses[WH_FAMILY_IPV4] = &sample_ipv4;
    add_origin(origins, plan, &values);
    values.addresses[WH_FAMILY_IPV4] = NULL;
    values.addresses[WH_FAMILY_IPV6] = &sample_ipv6;
    add_origin(origins, plan, &values);
    return g_string_free(origins, FALSE);
}
