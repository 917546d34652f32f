#include "service/detect/outside.h"

#include <gio/gio.h>
#include <string.h>

#include "detect_resource.h"

#define SHIPPED_PATH "/org/wayhome/detect/operators.conf"
#define MAX_LIST_LENGTH (64 * 1024)
#define MAX_OPERATORS 64
#define MAX_VALUE_LENGTH 1024
#define MAX_ANSWER_LENGTH 4096

static const char *const url_keys[WH_N_FAMILIES] = {
    [WH_FAMILY_IPV4] = "ipv4",
    [WH_FAMILY_IPV6] = "ipv6",
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
    g_free(operator_);
}

static gboolean fail(GError **error, const char *group, const char *key, const char *what)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s] %s: %s", group, key, what);
    return FALSE;
}

static gboolean check_keys(GKeyFile *file, const char *group, GError **error)
{
    static const char *const known[] = {"organisation", "ipv4", "ipv6", "line", NULL};
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        if (!g_strv_contains(known, keys[i]))
            return fail(error, group, keys[i],
                        "unknown key; use organisation, ipv4, ipv6 and line");
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
    if (!read_urls(file, operator_, error) ||
        !read_value(file, group, "line", &operator_->line, error))
        return NULL;
    if (operator_->line != NULL && strchr(operator_->line, '=') != NULL) {
        fail(error, group, "line", "must be the name alone, without \"=\"");
        return NULL;
    }
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

/* Reads the `length` bytes at `text`, without white space around them, as an address of `family`.
 */
static gboolean read_address(const char *text, gsize length, WhFamily family, WhAddress *address)
{
    while (length > 0 && g_ascii_isspace(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    char copy[WH_ADDRESS_STRLEN];
    if (length == 0 || length >= sizeof copy || memchr(text, '\0', length) != NULL)
        return FALSE;
    memcpy(copy, text, length);
    copy[length] = '\0';
    WhAddress parsed;
    if (!wh_address_parse(copy, &parsed) || parsed.family != family)
        return FALSE;
    *address = parsed;
    return TRUE;
}

/* The value of the one line "NAME=value"; NULL when there is none, or more than one. */
static const char *find_line(const char *body, gsize length, const char *name, gsize *value_length)
{
    gsize name_length = strlen(name);
    const char *found = NULL;
    const char *end = body + length;
    for (const char *line = body; line < end;) {
        const char *newline = memchr(line, '\n', (gsize)(end - line));
        const char *line_end = newline != NULL ? newline : end;
        if ((gsize)(line_end - line) > name_length && line[name_length] == '=' &&
            memcmp(line, name, name_length) == 0) {
            if (found != NULL)
                return NULL;
            found = line + name_length + 1;
            *value_length = (gsize)(line_end - found);
        }
        line = line_end + 1;
    }
    return found;
}

gboolean wh_outside_read_answer(const WhOutsideOperator *operator_, WhFamily family,
                                const char *body, gsize length, WhAddress *address)
{
    /* A cut answer could hide a second address, or the end of the first. */
    if (length == 0 || length > MAX_ANSWER_LENGTH)
        return FALSE;
    if (operator_->line == NULL)
        return read_address(body, length, family, address);
    gsize value_length = 0;
    const char *value = find_line(body, length, operator_->line, &value_length);
    return value != NULL && read_address(value, value_length, family, address);
}
