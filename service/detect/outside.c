#include "service/detect/outside.h"

#include <gio/gio.h>
#include <string.h>

#include "detect_resource.h"

#define SHIPPED_PATH "/org/wayhome/detect/operators.conf"
#define MAX_LIST_LENGTH (64 * 1024)
#define MAX_OPERATORS 64
#define MAX_VALUE_LENGTH 1024
#define MAX_DNS_NAME 253
#define MAX_DNS_LABEL 63

static const char *const url_keys[WH_N_FAMILIES] = {
    [WH_FAMILY_IPV4] = "ipv4",
    [WH_FAMILY_IPV6] = "ipv6",
};

static const char *const dns_keys[WH_N_FAMILIES] = {
    [WH_FAMILY_IPV4] = "dns-ipv4",
    [WH_FAMILY_IPV6] = "dns-ipv6",
};

WhOutsideOperator *wh_outside_operator_new(const char *id, const char *organisation)
{
    WhOutsideOperator *operator_ = g_new0(WhOutsideOperator, 1);
    operator_->id = g_strdup(id);
    operator_->organisation = g_strdup(organisation);
    return operator_;
}

void wh_outside_operator_free(WhOutsideOperator *operator_)
{
    if (operator_ == NULL)
        return;
    g_free(operator_->id);
    g_free(operator_->organisation);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        g_free(operator_->url[i]);
    g_free(operator_->line);
    g_free(operator_->dns_name);
    g_free(operator_);
}

gboolean wh_outside_can_ask(const WhOutsideOperator *operator_, WhFamily family)
{
    return operator_->url[family] != NULL || operator_->has_dns_server[family];
}

gboolean wh_outside_is_by_dns(const WhOutsideOperator *operator_)
{
    return operator_->dns_name != NULL;
}

static gboolean fail(GError **error, const char *group, const char *key, const char *what)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s] %s: %s", group, key, what);
    return FALSE;
}

static gboolean check_keys(GKeyFile *file, const char *group, GError **error)
{
    static const char *const https[] = {"organisation", "ipv4", "ipv6", "line", NULL};
    static const char *const dns[] = {"organisation", "dns-name",  "dns-ipv4", "dns-ipv6",
                                      "dns-type",     "dns-class", NULL};
    gboolean by_dns = g_key_file_has_key(file, group, "dns-name", NULL);
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        if (!g_strv_contains(by_dns ? dns : https, keys[i]))
            return fail(error, group, keys[i],
                        by_dns ? "unknown key beside dns-name; use organisation, dns-ipv4, "
                                 "dns-ipv6, dns-type and dns-class"
                               : "unknown key; use organisation, ipv4, ipv6 and line, or dns-name "
                                 "and those that belong to it");
    return TRUE;
}

/* *value stays NULL when the key is absent. */
static gboolean read_value(GKeyFile *file, const char *group, const char *key, char **value,
                           GError **error)
{
    if (!g_key_file_has_key(file, group, key, NULL))
        return TRUE;
    g_autofree char *text = g_key_file_get_string(file, group, key, NULL);
    if (text == NULL)
        return fail(error, group, key, "is not readable text");
    g_strstrip(text);
    if (*text == '\0' || strlen(text) > MAX_VALUE_LENGTH)
        return fail(error, group, key, "is empty or too long; give a value or leave the line out");
    *value = g_steal_pointer(&text);
    return TRUE;
}

static gboolean check_url(const char *group, const char *key, const char *url, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, NULL);
    if (uri == NULL || g_strcmp0(g_uri_get_scheme(uri), "https") != 0)
        return fail(error, group, key, "is not an address that begins with https://");
    if (g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0')
        return fail(error, group, key, "names no server after https://");
    if (g_uri_get_userinfo(uri) != NULL || g_uri_get_fragment(uri) != NULL)
        return fail(error, group, key, "must not hold a login or a # part");
    return TRUE;
}

static gboolean read_urls(GKeyFile *file, WhOutsideOperator *operator_, GError **error)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (!read_value(file, operator_->id, url_keys[i], &operator_->url[i], error))
            return FALSE;
        if (operator_->url[i] != NULL &&
            !check_url(operator_->id, url_keys[i], operator_->url[i], error))
            return FALSE;
    }
    if (operator_->url[WH_FAMILY_IPV4] == NULL && operator_->url[WH_FAMILY_IPV6] == NULL)
        return fail(error, operator_->id, "ipv4", "is missing, and so is ipv6; give at least one");
    return TRUE;
}

static gboolean read_https(GKeyFile *file, WhOutsideOperator *operator_, GError **error)
{
    if (!read_urls(file, operator_, error) ||
        !read_value(file, operator_->id, "line", &operator_->line, error))
        return FALSE;
    if (operator_->line != NULL && strchr(operator_->line, '=') != NULL)
        return fail(error, operator_->id, "line", "must be the name alone, without \"=\"");
    return TRUE;
}

static gboolean is_dns_name(const char *name)
{
    static const char *const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789-_";
    g_auto(GStrv) labels = g_strsplit(name, ".", -1);
    for (guint i = 0; labels[i] != NULL; i++) {
        gsize length = strlen(labels[i]);
        if (length == 0 || length > MAX_DNS_LABEL || strspn(labels[i], letters) != length)
            return FALSE;
    }
    return strlen(name) <= MAX_DNS_NAME;
}

static gboolean read_dns_servers(GKeyFile *file, WhOutsideOperator *operator_, GError **error)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        g_autofree char *text = NULL;
        if (!read_value(file, operator_->id, dns_keys[i], &text, error))
            return FALSE;
        if (text == NULL)
            continue;
        if (!wh_address_parse(text, &operator_->dns_server[i]) ||
            operator_->dns_server[i].family != i)
            return fail(error, operator_->id, dns_keys[i],
                        "is not an address of that family; names of servers are not looked up");
        operator_->has_dns_server[i] = TRUE;
    }
    if (!operator_->has_dns_server[WH_FAMILY_IPV4] && !operator_->has_dns_server[WH_FAMILY_IPV6])
        return fail(error, operator_->id, "dns-ipv4",
                    "is missing, and so is dns-ipv6; give at least one");
    return TRUE;
}

/* One of two words; absent: the first. */
static gboolean read_either(GKeyFile *file, const char *group, const char *key, const char *first,
                            const char *second, gboolean *is_second, GError **error)
{
    g_autofree char *text = NULL;
    if (!read_value(file, group, key, &text, error))
        return FALSE;
    if (text != NULL && strcmp(text, first) != 0 && strcmp(text, second) != 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s] %s: must be %s or %s", group,
                    key, first, second);
        return FALSE;
    }
    *is_second = g_strcmp0(text, second) == 0;
    return TRUE;
}

static gboolean read_dns(GKeyFile *file, WhOutsideOperator *operator_, GError **error)
{
    if (!read_value(file, operator_->id, "dns-name", &operator_->dns_name, error))
        return FALSE;
    if (!is_dns_name(operator_->dns_name))
        return fail(error, operator_->id, "dns-name", "is not a name that can be asked for");
    return read_dns_servers(file, operator_, error) &&
           read_either(file, operator_->id, "dns-type", "address", "TXT", &operator_->dns_text,
                       error) &&
           read_either(file, operator_->id, "dns-class", "IN", "CH", &operator_->dns_chaos, error);
}

static WhOutsideOperator *read_operator(GKeyFile *file, const char *group, GError **error)
{
    if (!check_keys(file, group, error))
        return NULL;
    g_autoptr(WhOutsideOperator) operator_ = wh_outside_operator_new(group, NULL);
    if (!read_value(file, group, "organisation", &operator_->organisation, error))
        return NULL;
    if (operator_->organisation == NULL) {
        fail(error, group, "organisation", "is missing; say who runs this operator");
        return NULL;
    }
    gboolean by_dns = g_key_file_has_key(file, group, "dns-name", NULL);
    if (by_dns ? !read_dns(file, operator_, error) : !read_https(file, operator_, error))
        return NULL;
    return g_steal_pointer(&operator_);
}

static GPtrArray *read_operators(GKeyFile *file, GError **error)
{
    gsize n_groups = 0;
    g_auto(GStrv) groups = g_key_file_get_groups(file, &n_groups);
    if (n_groups == 0 || n_groups > MAX_OPERATORS) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "the list names %" G_GSIZE_FORMAT " operators; name 1 to %d", n_groups,
                    MAX_OPERATORS);
        return NULL;
    }
    g_autoptr(GPtrArray) operators =
        g_ptr_array_new_with_free_func((GDestroyNotify)wh_outside_operator_free);
    for (gsize i = 0; i < n_groups; i++) {
        WhOutsideOperator *operator_ = read_operator(file, groups[i], error);
        if (operator_ == NULL)
            return NULL;
        g_ptr_array_add(operators, operator_);
    }
    return g_steal_pointer(&operators);
}

GPtrArray *wh_outside_parse(const char *text, gsize length, GError **error)
{
    if (length > MAX_LIST_LENGTH) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "the list of operators is longer than %d bytes", MAX_LIST_LENGTH);
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) reason = NULL;
    if (length > 0 && !g_utf8_validate(text, (gssize)length, NULL)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                            "the list of operators is not UTF-8 text");
        return NULL;
    }
    if (length > 0 && !g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, &reason)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "the list of operators cannot be read: %s", reason->message);
        return NULL;
    }
    return read_operators(file, error);
}

GPtrArray *wh_outside_shipped(void)
{
    g_autoptr(GBytes) bytes = g_resource_lookup_data(wh_detect_get_resource(), SHIPPED_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes != NULL);
    gsize length = 0;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autoptr(GError) error = NULL;
    GPtrArray *operators = wh_outside_parse(text, length, &error);
    if (operators == NULL)
        g_error("the list of operators that is compiled in is damaged: %s", error->message);
    return operators;
}
