#include "service/doctor/probes.h"

#include <gio/gio.h>
#include <string.h>

#include "doctor_resource.h"

#define SHIPPED_PATH "/org/wayhome/doctor/probes.conf"
#define MAX_LIST_LENGTH (64 * 1024)
#define MAX_PROBES 64
#define MAX_VALUE_LENGTH 1024
#define OK 200

static void page_free(gpointer data)
{
    WhProbePage *page = data;

    g_free(page->id);
    g_free(page->url);
    g_free(page->body);
    g_free(page);
}

static void server_free(gpointer data)
{
    WhProbeServer *server = data;

    g_free(server->id);
    g_free(server->name);
    g_free(server);
}

void wh_probes_free(WhProbes *probes)
{
    if (probes == NULL)
        return;
    g_ptr_array_unref(probes->pages);
    g_ptr_array_unref(probes->servers);
    g_free(probes);
}

static gboolean fail(GError **error, const char *group, const char *key, const char *what)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s] %s: %s", group, key, what);
    return FALSE;
}

static gboolean check_keys(GKeyFile *file, const char *group, GError **error)
{
    static const char *const known[] = {"url", "status", "body", "server", "name", NULL};
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);

    for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        if (!g_strv_contains(known, keys[i]))
            return fail(error, group, keys[i],
                        "unknown key; use url with status or body, or server with name");
    return TRUE;
}

/* NULL: the key is absent, or its value is of no use, which is an error. */
static char *read_value(GKeyFile *file, const char *group, const char *key, GError **error)
{
    g_autofree char *text = g_key_file_get_string(file, group, key, NULL);

    if (text == NULL || *g_strstrip(text) == '\0')
        fail(error, group, key, "is missing");
    else if (strlen(text) > MAX_VALUE_LENGTH)
        fail(error, group, key, "is too long");
    else
        return g_steal_pointer(&text);
    return NULL;
}

/* https would tell nothing: nobody can answer in its place. */
static gboolean check_url(const char *group, const char *url, GError **error)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, NULL);

    if (uri == NULL || g_strcmp0(g_uri_get_scheme(uri), "http") != 0 ||
        g_uri_get_host(uri) == NULL || *g_uri_get_host(uri) == '\0')
        return fail(error, group, "url", "is not an address that begins with http://");
    if (g_uri_get_userinfo(uri) != NULL || g_uri_get_fragment(uri) != NULL)
        return fail(error, group, "url", "must not hold a login or a # part");
    return TRUE;
}

static gboolean read_status(GKeyFile *file, WhProbePage *page, GError **error)
{
    g_autofree char *text = read_value(file, page->id, "status", error);
    guint64 status;

    if (text == NULL)
        return FALSE;
    if (!g_ascii_string_to_unsigned(text, 10, 200, 299, &status, NULL))
        return fail(error, page->id, "status", "is not a number from 200 to 299");
    page->status = (guint)status;
    return TRUE;
}

static gboolean read_page(GKeyFile *file, const char *group, WhProbes *probes, GError **error)
{
    WhProbePage *page = g_new0(WhProbePage, 1);

    g_ptr_array_add(probes->pages, page);
    page->id = g_strdup(group);
    page->url = read_value(file, group, "url", error);
    if (page->url == NULL || !check_url(group, page->url, error))
        return FALSE;
    if (g_key_file_has_key(file, group, "status", NULL))
        return read_status(file, page, error);
    page->body = read_value(file, group, "body", error);
    return page->body != NULL;
}

static gboolean read_server(GKeyFile *file, const char *group, WhProbes *probes, GError **error)
{
    WhProbeServer *server = g_new0(WhProbeServer, 1);
    g_autofree char *address = read_value(file, group, "server", error);

    g_ptr_array_add(probes->servers, server);
    server->id = g_strdup(group);
    if (address == NULL)
        return FALSE;
    if (!wh_address_parse(address, &server->server))
        return fail(error, group, "server", "is not an address such as 192.0.2.1 or 2001:db8::1");
    server->name = read_value(file, group, "name", error);
    return server->name != NULL;
}

static gboolean read_groups(GKeyFile *file, WhProbes *probes, GError **error)
{
    gsize n_groups = 0;
    g_auto(GStrv) groups = g_key_file_get_groups(file, &n_groups);

    for (gsize i = 0; i < MIN(n_groups, MAX_PROBES); i++) {
        gboolean is_server = g_key_file_has_key(file, groups[i], "server", NULL);

        if (!check_keys(file, groups[i], error) ||
            !(is_server ? read_server : read_page)(file, groups[i], probes, error))
            return FALSE;
    }
    if (n_groups > MAX_PROBES || probes->pages->len == 0) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                    "the list names %" G_GSIZE_FORMAT " probes and %u pages; name 1 to %d, one of "
                    "them with a url",
                    n_groups, probes->pages->len, MAX_PROBES);
        return FALSE;
    }
    return TRUE;
}

WhProbes *wh_probes_parse(const char *text, gsize length, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(WhProbes) probes = g_new0(WhProbes, 1);
    g_autoptr(GError) problem = NULL;

    probes->pages = g_ptr_array_new_with_free_func(page_free);
    probes->servers = g_ptr_array_new_with_free_func(server_free);
    if (length > MAX_LIST_LENGTH) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the list is too long");
        return NULL;
    }
    if (!g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, &problem)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, problem->message);
        return NULL;
    }
    return read_groups(file, probes, error) ? g_steal_pointer(&probes) : NULL;
}

WhProbes *wh_probes_shipped(void)
{
    g_autoptr(GResource) resource = g_resource_ref(wh_doctor_get_resource());
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(resource, SHIPPED_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    WhProbes *probes = NULL;

    if (bytes != NULL)
        probes = wh_probes_parse(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), &error);
    if (probes == NULL)
        g_error("The list of probes that is compiled in is broken: %s", error->message);
    return probes;
}

gboolean wh_probe_page_is_genuine(const WhProbePage *page, guint status, const char *body,
                                  gsize length)
{
    if (page->status != 0)
        return status == page->status;
    return status == OK && g_strstr_len(body, (gssize)length, page->body) != NULL;
}
