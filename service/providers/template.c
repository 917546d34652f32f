#include "service/providers/form.h"
#include "service/providers/secret_text.h"
#include "service/providers/template_parts.h"

#include <gio/gio.h>
#include <string.h>

static gboolean is_unreserved(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("-._~", c) != NULL);
}

static void add_percent(WhSecretText *out, char c, gboolean show)
{
    char code[4];
    g_snprintf(code, sizeof code, "%%%02X", (guint)(guint8)c);
    if (is_unreserved(c))
        wh_secret_text_add(out, &c, 1, show);
    else
        wh_secret_text_add(out, code, 3, show);
    wh_wipe(code, sizeof code);
}

static void add_json(WhSecretText *out, char c, gboolean show)
{
    char code[8];
    if (c == '"' || c == '\\') {
        wh_secret_text_add(out, "\\", 1, show);
        wh_secret_text_add(out, &c, 1, show);
    } else if ((guint8)c < 0x20) {
        g_snprintf(code, sizeof code, "\\u%04x", (guint)(guint8)c);
        wh_secret_text_add(out, code, 6, show);
    } else {
        wh_secret_text_add(out, &c, 1, show);
    }
    wh_wipe(code, sizeof code);
}

static void add_encoded(WhSecretText *out, const char *text, WhTemplateUse use, gboolean show)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (use == WH_TEMPLATE_URL)
            add_percent(out, *at, show);
        else if (use == WH_TEMPLATE_JSON)
            add_json(out, *at, show);
        else
            wh_secret_text_add(out, at, 1, show);
    }
}

static void add_text(WhSecretText *out, const char *text)
{
    wh_secret_text_add(out, text, strlen(text), TRUE);
}

/* `name` without the definition's suffix. */
static char *label_of(const char *name, const WhDefinition *definition)
{
    g_autofree char *suffix = g_strconcat(".", definition->name_suffix, NULL);
    if (definition->name_suffix != NULL && g_str_has_suffix(name, suffix))
        return g_strndup(name, strlen(name) - strlen(suffix));
    return g_strdup(name);
}

static void add_hosts(WhSecretText *out, const WhTemplateValues *values, gsize n_hosts,
                      gboolean labels, WhTemplateUse use)
{
    for (gsize i = 0; i < n_hosts; i++) {
        g_autofree char *name =
            labels ? label_of(values->hosts[i], values->definition) : g_strdup(values->hosts[i]);
        if (i > 0)
            add_text(out, ",");
        add_encoded(out, name, use, TRUE);
    }
}

static void add_addresses(WhSecretText *out, const WhTemplateValues *values, const char *name)
{
    gboolean any = FALSE;
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        gboolean wanted = strcmp(name, family == WH_FAMILY_IPV4 ? "ip6" : "ip4") != 0;
        char text[WH_ADDRESS_STRLEN];
        if (!wanted || values->addresses[family] == NULL)
            continue;
        if (any)
            add_text(out, ",");
        add_text(out, wh_address_format(values->addresses[family], text));
        any = TRUE;
    }
}

static void add_built_in(WhSecretText *out, const Part *part, const WhTemplateValues *values,
                         WhTemplateUse use)
{
    if (strcmp(part->text, "host") == 0)
        add_hosts(out, values, 1, FALSE, use);
    else if (strcmp(part->text, "hosts") == 0)
        add_hosts(out, values, values->n_hosts, FALSE, use);
    else if (strcmp(part->text, "labels") == 0)
        add_hosts(out, values, values->n_hosts, TRUE, use);
    else if (strcmp(part->text, "ttl") == 0) {
        char number[16];
        g_snprintf(number, sizeof number, "%u", values->ttl);
        add_text(out, number);
    } else
        add_addresses(out, values, part->text);
}

static const char *field_value(const Part *part, const WhTemplateValues *values)
{
    if (part->field->kind != WH_FIELD_SECRET)
        return wh_form_value(values->definition, values->account, part->text);
    const WhSecret *secret =
        values->secrets != NULL ? g_hash_table_lookup(values->secrets, part->text) : NULL;
    return secret != NULL && wh_secret_length(secret) > 0 ? wh_secret_peek(secret) : NULL;
}

static gboolean has_value(const Part *part, const WhTemplateValues *values)
{
    gboolean v4 = values->addresses[WH_FAMILY_IPV4] != NULL;
    gboolean v6 = values->addresses[WH_FAMILY_IPV6] != NULL;
    if (part->field != NULL)
        return field_value(part, values) != NULL;
    if (strcmp(part->text, "ip4") == 0)
        return v4;
    if (strcmp(part->text, "ip6") == 0)
        return v6;
    if (strcmp(part->text, "ip") == 0)
        return v4 != v6;
    if (strcmp(part->text, "ips") == 0)
        return v4 || v6;
    if (strcmp(part->text, "ttl") == 0)
        return values->ttl != 0;
    return values->n_hosts > 0;
}

/* A URL that names the server alone means the usual page there. */
static void add_default_path(WhSecretText *out, const WhField *field, const char *url)
{
    const char *server = strstr(url, "://");
    const char *path = server != NULL ? strchr(server + 3, '/') : NULL;
    if (field->kind != WH_FIELD_URL || field->default_path == NULL || server == NULL)
        return;
    if (path == NULL)
        add_text(out, field->default_path);
    else if (path[1] == '\0')
        add_text(out, field->default_path + 1);
}

static void add_value(WhSecretText *out, const Part *part, const WhTemplateValues *values,
                      WhTemplateUse use)
{
    /* Addresses of servers were checked to hold nothing that would need encoding. */
    gboolean raw = part->raw || (part->field != NULL && (part->field->kind == WH_FIELD_URL ||
                                                         part->field->kind == WH_FIELD_HOST));
    WhTemplateUse how = raw ? WH_TEMPLATE_RAW : use;
    if (!has_value(part, values)) {
        add_text(out, part->fallback);
    } else if (part->field == NULL) {
        add_built_in(out, part, values, how);
    } else {
        gboolean secret = part->field->kind == WH_FIELD_SECRET;
        add_encoded(out, field_value(part, values), how, !secret);
        if (secret)
            wh_secret_text_show(out, "[secret]");
        else
            add_default_path(out, part->field, field_value(part, values));
    }
}

/* The index of the bracket that closes the optional part at `open` when a value in it is missing,
 * else `open`. */
static guint skip_optional(const WhTemplate *template, guint open, const WhTemplateValues *values)
{
    gboolean missing = FALSE;
    for (guint i = open + 1;; i++) {
        const Part *part = &g_array_index(template->parts, Part, i);
        if (part->kind == PART_CLOSE)
            return missing ? i : open;
        missing = missing ||
                  (part->kind == PART_VALUE && part->fallback == NULL && !has_value(part, values));
    }
}

gboolean wh_template_fill(const WhTemplate *template, const WhTemplateValues *values,
                          WhSecret **secret, char **shown, GError **error)
{
    g_autoptr(WhSecretText) out = wh_secret_text_new();
    for (guint i = 0; i < template->parts->len; i++) {
        const Part *part = &g_array_index(template->parts, Part, i);
        if (part->kind == PART_LITERAL) {
            add_text(out, part->text);
        } else if (part->kind == PART_OPEN) {
            i = skip_optional(template, i, values);
        } else if (part->kind == PART_VALUE) {
            if (part->fallback == NULL && !has_value(part, values)) {
                g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "There is no value for \"%s\".", part->text);
                return FALSE;
            }
            add_value(out, part, values, template->use);
        }
    }
    if (shown != NULL)
        *shown = wh_secret_text_shown(out);
    *secret = wh_secret_text_secret(out);
    return TRUE;
}
