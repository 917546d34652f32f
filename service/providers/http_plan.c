#include "service/providers/http_plan.h"

#include "service/providers/form.h"
#include "service/providers/http_plan_check.h"

#include <string.h>

#define GROUP "http"
#define MAX_HEADERS 9

void wh_http_plan_free(WhHttpPlan *plan)
{
    if (plan == NULL)
        return;
    g_free(plan->method);
    wh_template_free(plan->url);
    wh_template_free(plan->url_ipv4);
    wh_template_free(plan->url_ipv6);
    g_free(plan->choice_field);
    g_hash_table_unref(plan->url_choices);
    wh_template_free(plan->user);
    wh_template_free(plan->password);
    g_ptr_array_unref(plan->headers);
    wh_template_free(plan->body);
    g_free(plan->body_type);
    wh_answer_rules_free(plan->answers);
    g_free(plan);
}

const WhHttpPlan *wh_http_plan_of(const WhDefinition *definition)
{
    return (const WhHttpPlan *)definition->engine_data;
}

static WhTemplate *read_template(WhDefinitionReader *reader, const char *key,
                                 const WhDefinition *definition, WhTemplateUse use)
{
    g_autofree char *text = wh_definition_reader_text(reader, GROUP, key);
    g_autoptr(GError) error = NULL;
    WhTemplate *template = text != NULL ? wh_template_parse(text, definition, use, &error) : NULL;
    if (error != NULL)
        wh_definition_reader_fail(reader, GROUP, key, "%s", error->message);
    return template;
}

static WhTemplate *read_url(WhDefinitionReader *reader, const char *key,
                            const WhDefinition *definition)
{
    g_autoptr(WhTemplate) url = read_template(reader, key, definition, WH_TEMPLATE_URL);
    g_autoptr(GError) error = NULL;
    if (url != NULL && !wh_template_check_endpoint(url, definition, &error)) {
        wh_definition_reader_fail(reader, GROUP, key, "%s", error->message);
        return NULL;
    }
    return g_steal_pointer(&url);
}

static void read_url_choices(WhDefinitionReader *reader, const WhDefinition *definition,
                             WhHttpPlan *plan)
{
    const WhField *field = wh_definition_field(definition, plan->choice_field);
    if (field == NULL || field->kind != WH_FIELD_CHOICE ||
        (field->fallback == NULL && !field->required)) {
        wh_definition_reader_fail(reader, GROUP, "choose",
                                  "must name a choice field that is required or has a fallback");
        return;
    }
    for (char **choice = field->choices; *choice != NULL; choice++) {
        g_autofree char *key = g_strconcat("url.", *choice, NULL);
        WhTemplate *url = read_url(reader, key, definition);
        if (url == NULL)
            wh_definition_reader_fail(reader, GROUP, key, "is missing");
        else
            g_hash_table_insert(plan->url_choices, g_strdup(*choice), url);
    }
}

static void read_urls(WhDefinitionReader *reader, const WhDefinition *definition, WhHttpPlan *plan)
{
    plan->choice_field = wh_definition_reader_text(reader, GROUP, "choose");
    if (plan->choice_field != NULL) {
        read_url_choices(reader, definition, plan);
        return;
    }
    plan->url = read_url(reader, "url", definition);
    plan->url_ipv4 = read_url(reader, "url-ipv4", definition);
    plan->url_ipv6 = read_url(reader, "url-ipv6", definition);
    if (plan->url == NULL && (plan->url_ipv4 == NULL || plan->url_ipv6 == NULL))
        wh_definition_reader_fail(reader, GROUP, "url", "is missing");
}

static void read_headers(WhDefinitionReader *reader, const WhDefinition *definition,
                         WhHttpPlan *plan)
{
    for (guint i = 1; i <= MAX_HEADERS; i++) {
        g_autofree char *key = g_strdup_printf("header-%u", i);
        g_autofree char *text = wh_definition_reader_text(reader, GROUP, key);
        WhTemplate *header = read_template(reader, key, definition, WH_TEMPLATE_RAW);
        if (header == NULL)
            continue;
        g_ptr_array_add(plan->headers, header);
        if (strcspn(text, ":") == 0 || strcspn(text, ":") != strcspn(text, ":{[ \t"))
            wh_definition_reader_fail(reader, GROUP, key, "must be a name, a colon and a value");
    }
}

static WhTemplateUse body_use(const char *type)
{
    if (type != NULL && g_str_has_prefix(type, "application/x-www-form-urlencoded"))
        return WH_TEMPLATE_URL;
    if (type != NULL && strstr(type, "json") != NULL)
        return WH_TEMPLATE_JSON;
    return WH_TEMPLATE_RAW;
}

static void read_body(WhDefinitionReader *reader, const WhDefinition *definition, WhHttpPlan *plan)
{
    plan->body_type = wh_definition_reader_text(reader, GROUP, "body-type");
    plan->body = read_template(reader, "body", definition, body_use(plan->body_type));
    if ((plan->body == NULL) != (plan->body_type == NULL))
        wh_definition_reader_fail(reader, GROUP, "body-type", "and body need each other");
    if (plan->body != NULL && strcmp(plan->method, "GET") == 0)
        wh_definition_reader_fail(reader, GROUP, "body", "GET takes none");
}

static gboolean any_field_allows_http(const WhDefinition *definition)
{
    for (guint i = 0; i < definition->fields->len; i++) {
        if (((const WhField *)definition->fields->pdata[i])->allow_http)
            return TRUE;
    }
    return FALSE;
}

static void read_rest(WhDefinitionReader *reader, const WhDefinition *definition, WhHttpPlan *plan)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", NULL};
    plan->method =
        g_strdup(methods[wh_definition_reader_word(reader, GROUP, "method", methods, 0)]);
    plan->user = read_template(reader, "user", definition, WH_TEMPLATE_RAW);
    plan->password = read_template(reader, "password", definition, WH_TEMPLATE_RAW);
    if ((plan->user == NULL) != (plan->password == NULL))
        wh_definition_reader_fail(reader, GROUP, "user", "and password need each other");
    read_headers(reader, definition, plan);
    read_body(reader, definition, plan);
    plan->force_family = wh_definition_reader_flag(reader, GROUP, "force-family", FALSE);
    plan->allow_http = any_field_allows_http(definition);
}

WhHttpPlan *wh_http_plan_read(WhDefinitionReader *reader, const WhDefinition *definition)
{
    WhHttpPlan *plan = g_new0(WhHttpPlan, 1);
    plan->headers = g_ptr_array_new_with_free_func((GDestroyNotify)wh_template_free);
    plan->url_choices =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_template_free);
    read_urls(reader, definition, plan);
    read_rest(reader, definition, plan);
    plan->answers = wh_answer_rules_read(reader);
    if (definition->manners.max_hosts > 1 && wh_http_plan_uses(plan, "host"))
        wh_definition_reader_fail(reader, "manners", "max-hosts",
                                  "needs {hosts} or {labels} instead of {host}");
    if (!wh_definition_reader_failed(reader))
        wh_http_plan_check(reader, definition, plan);
    return plan;
}

const WhTemplate *wh_http_plan_url(const WhHttpPlan *plan, const WhTemplateValues *values)
{
    if (plan->choice_field != NULL) {
        const char *choice = wh_form_value(values->definition, values->account, plan->choice_field);
        return choice != NULL ? g_hash_table_lookup(plan->url_choices, choice) : NULL;
    }
    gboolean v4 = values->addresses[WH_FAMILY_IPV4] != NULL;
    gboolean v6 = values->addresses[WH_FAMILY_IPV6] != NULL;
    if (!v6 && plan->url_ipv4 != NULL)
        return plan->url_ipv4;
    if (!v4 && plan->url_ipv6 != NULL)
        return plan->url_ipv6;
    return plan->url;
}

static gboolean uses(const WhTemplate *template, const char *name)
{
    return template != NULL && wh_template_uses(template, name);
}

gboolean wh_http_plan_uses(const WhHttpPlan *plan, const char *name)
{
    gboolean found = uses(plan->url, name) || uses(plan->url_ipv4, name) ||
                     uses(plan->url_ipv6, name) || uses(plan->user, name) ||
                     uses(plan->password, name) || uses(plan->body, name);
    for (guint i = 0; i < plan->headers->len; i++)
        found = found || uses(plan->headers->pdata[i], name);
    GHashTableIter iter;
    gpointer url = NULL;
    g_hash_table_iter_init(&iter, plan->url_choices);
    while (g_hash_table_iter_next(&iter, NULL, &url))
        found = found || uses(url, name);
    return found;
}
