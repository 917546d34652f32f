#include "tests/unit/test_store_folder.h"

#include <glib/gstdio.h>

char *test_store_folder_new(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *base = g_dir_make_tmp("wayhome-store-XXXXXX", &error);
    g_assert_no_error(error);
    return g_build_filename(base, "state", NULL);
}

static void remove_all(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_remove(path);
    }
    g_rmdir(folder);
}

void test_store_folder_free(char *folder)
{
    g_autofree char *base = g_path_get_dirname(folder);
    remove_all(folder);
    remove_all(base);
    g_free(folder);
}

char *test_store_file(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}

char *test_store_aside(const char *folder, gboolean log)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autofree char *found = NULL;
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        if (!g_str_has_prefix(name, "wayhome.db.damaged-") || g_str_has_suffix(name, "-wal") != log)
            continue;
        g_assert_null(found);
        found = g_build_filename(folder, name, NULL);
    }
    return g_steal_pointer(&found);
}

GBytes *test_store_contents(const char *path)
{
    g_autoptr(GError) error = NULL;
    char *contents = NULL;
    gsize size = 0;
    g_file_get_contents(path, &contents, &size, &error);
    g_assert_no_error(error);
    return g_bytes_new_take(contents, size);
}

WhStore *test_store_open(const char *folder)
{
    g_autoptr(GError) error = NULL;
    char *notice = NULL;
    WhStore *store = wh_store_open(folder, &notice, &error);
    g_assert_no_error(error);
    g_assert_nonnull(store);
    g_assert_cmpstr(notice, ==, NULL);
    return store;
}

void test_store_put_account(WhStore *store, const char *id, const char *label)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhAccount) account = wh_account_new(id, "duckdns", label);
    wh_store_put_account(store, account, &error);
    g_assert_no_error(error);
}

void test_store_put_host(WhStore *store, const char *id, const char *account, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhHost) host = wh_host_new(id, account, name);
    host->wants[WH_FAMILY_IPV4] = TRUE;
    wh_store_put_host(store, host, &error);
    g_assert_no_error(error);
}

char *test_store_account_ids(WhStore *store)
{
    g_autoptr(GPtrArray) accounts = wh_store_accounts(store);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < accounts->len; i++)
        g_ptr_array_add(ids, ((WhAccount *)accounts->pdata[i])->id);
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **)ids->pdata);
}

char *test_store_host_ids(WhStore *store)
{
    g_autoptr(GPtrArray) hosts = wh_store_hosts(store);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < hosts->len; i++)
        g_ptr_array_add(ids, ((WhHost *)hosts->pdata[i])->id);
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **)ids->pdata);
}

WhAddress test_store_address(WhFamily family, guint last)
{
    WhAddress address;
    g_autofree char *text = family == WH_FAMILY_IPV4 ? g_strdup_printf("203.0.113.%u", last)
                                                     : g_strdup_printf("2001:db8::%x", last);
    g_assert_true(wh_address_parse(text, &address));
    return address;
}
