/* The parts of the window that need no screen. */
#include "app/window/complaint.h"
#include "app/window/growing_list.h"
#include "app/window/host_name.h"
#include "app/window/secret_buffer.h"

#include <string.h>

static void assert_completes(const char *typed, const char *suffix, const char *expected)
{
    g_autofree char *name = wh_host_name_complete(typed, suffix);
    g_assert_cmpstr(name, ==, expected);
}

static void test_names(void)
{
    assert_completes("home.example.org", NULL, "home.example.org");
    assert_completes("myhome", "duckdns.org", "myhome.duckdns.org");
    assert_completes("myhome.duckdns.org", "duckdns.org", "myhome.duckdns.org");
    assert_completes("myhome.DuckDNS.org", "duckdns.org", "myhome.DuckDNS.org");
    assert_completes("myduckdns.org", "duckdns.org", "myduckdns.org.duckdns.org");
    assert_completes("  home.example.org. ", NULL, "home.example.org");
    assert_completes("https://home.example.org/page?x#y", NULL, "home.example.org");
    assert_completes("", "duckdns.org", "");
    assert_completes("  ", NULL, "");
    g_assert_true(wh_host_name_has_suffix("duckdns.org", "duckdns.org"));
    g_assert_false(wh_host_name_has_suffix("kduckdns.org", "duckdns.org"));
}

static void test_possible_names(void)
{
    static const char *const possible[] = {"home.example.org", "*.example.org", "_a.b-c.example",
                                           "m\u00fcller.example", "1.example"};
    static const char *const impossible[] = {"",
                                             "home",
                                             "192.0.2.1",
                                             "2001:db8::1",
                                             "-x-.example.org",
                                             "a.-b.example",
                                             "a..example",
                                             "a b.example",
                                             "a.*.example",
                                             "a.example/x"};
    for (guint i = 0; i < G_N_ELEMENTS(possible); i++)
        g_assert_true(wh_host_name_is_possible(possible[i]));
    for (guint i = 0; i < G_N_ELEMENTS(impossible); i++)
        g_assert_false(wh_host_name_is_possible(impossible[i]));
}

static void test_complaints(void)
{
    g_assert_cmpint(wh_complaint_of("CHANGED"), ==, WH_COMPLAINT_NOTHING);
    g_assert_cmpint(wh_complaint_of("SAME"), ==, WH_COMPLAINT_NOTHING);
    g_assert_cmpint(wh_complaint_of("AUTH"), ==, WH_COMPLAINT_SECRET);
    g_assert_cmpint(wh_complaint_of("HOST"), ==, WH_COMPLAINT_NAME);
    g_assert_cmpint(wh_complaint_of("SERVER"), ==, WH_COMPLAINT_WHOLE);
    g_assert_cmpint(wh_complaint_of("a new one"), ==, WH_COMPLAINT_WHOLE);
}

static void test_complaint_words(void)
{
    g_autoptr(GError) error =
        g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "token: it is too long");
    g_autofree char *at_field = wh_complaint_words(error, "token");
    g_autofree char *at_other = wh_complaint_words(error, "name");
    g_autofree char *nowhere = wh_complaint_words(error, NULL);
    g_assert_cmpstr(at_field, ==, "It is too long");
    g_assert_cmpstr(at_other, ==, "token: it is too long");
    g_assert_cmpstr(nowhere, ==, "token: it is too long");
}

static void test_secret_typing(void)
{
    g_autoptr(GtkEntryBuffer) buffer = wh_secret_buffer_new();
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 0, "sécret", -1), ==, 6);
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 2, "-ü-", -1), ==, 3);
    g_assert_cmpstr(gtk_entry_buffer_get_text(buffer), ==, "sé-ü-cret");
    g_assert_cmpuint(gtk_entry_buffer_get_length(buffer), ==, 9);
    g_assert_cmpuint(gtk_entry_buffer_get_bytes(buffer), ==, 11);
    g_assert_cmpuint(gtk_entry_buffer_delete_text(buffer, 1, 4), ==, 4);
    g_assert_cmpstr(gtk_entry_buffer_get_text(buffer), ==, "scret");
    g_assert_cmpuint(gtk_entry_buffer_delete_text(buffer, 3, 99), ==, 2);
    g_assert_cmpuint(gtk_entry_buffer_delete_text(buffer, 99, 1), ==, 0);
    g_assert_cmpstr(gtk_entry_buffer_get_text(buffer), ==, "scr");
}

/* As it comes from a terminal or a web page. */
static void test_secret_pasted(void)
{
    g_autoptr(GtkEntryBuffer) buffer = wh_secret_buffer_new();
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 0, "\ts3c\r\nr\u00e9t\n", -1), ==, 6);
    g_assert_cmpstr(gtk_entry_buffer_get_text(buffer), ==, "s3cr\u00e9t");
    g_assert_cmpuint(gtk_entry_buffer_get_bytes(buffer), ==, 7);
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 1, "\n", -1), ==, 0);
}

static void test_secret_is_wiped(void)
{
    g_autoptr(GtkEntryBuffer) buffer = wh_secret_buffer_new();
    gtk_entry_buffer_insert_text(buffer, 0, "hunter2", -1);
    const char *block = gtk_entry_buffer_get_text(buffer);
    gtk_entry_buffer_delete_text(buffer, 1, 3);
    g_assert_cmpmem(block, 8, "her2\0\0\0\0", 8);
    wh_secret_buffer_wipe(WH_SECRET_BUFFER(buffer));
    static const char nothing[8];
    g_assert_true(gtk_entry_buffer_get_text(buffer) == block);
    g_assert_cmpmem(block, 8, nothing, 8);
}

static void test_secret_is_bounded(void)
{
    g_autoptr(GtkEntryBuffer) buffer = wh_secret_buffer_new();
    g_autofree char *much = g_strnfill(WH_SECRET_BUFFER_BYTES - 1, 'x');
    gtk_entry_buffer_insert_text(buffer, 0, much, -1);
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 0, "ü", -1), ==, 0);
    g_assert_cmpuint(gtk_entry_buffer_insert_text(buffer, 0, "yz", -1), ==, 1);
    g_assert_cmpuint(gtk_entry_buffer_get_bytes(buffer), ==, WH_SECRET_BUFFER_BYTES);
    g_assert_cmpuint(strlen(gtk_entry_buffer_get_text(buffer)), ==, WH_SECRET_BUFFER_BYTES);
}

static void put(GListStore *store, guint position, guint removed, guint count)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(items, g_object_new(G_TYPE_OBJECT, NULL));
    g_list_store_splice(store, position, removed, items->pdata, count);
}

static void mirror(GListModel *model, guint position, guint removed, guint added, gpointer data)
{
    GPtrArray *seen = data;
    g_assert_cmpuint(position + removed, <=, seen->len);
    if (removed > 0)
        g_ptr_array_remove_range(seen, position, removed);
    for (guint i = 0; i < added; i++) {
        g_autoptr(GObject) item = g_list_model_get_item(model, position + i);
        g_ptr_array_insert(seen, (int)(position + i), item);
    }
}

/* What those who listened have is the beginning of the whole list. */
static void assert_mirrors(GPtrArray *seen, WhGrowingList *list, GListStore *store)
{
    g_assert_cmpuint(seen->len, ==, g_list_model_get_n_items(G_LIST_MODEL(list)));
    for (guint i = 0; i < seen->len; i++) {
        g_autoptr(GObject) item = g_list_model_get_item(G_LIST_MODEL(store), i);
        g_assert_true(item == seen->pdata[i]);
    }
}

static void test_growing_list(void)
{
    g_autoptr(GListStore) store = g_list_store_new(G_TYPE_OBJECT);
    g_autoptr(WhGrowingList) list = wh_growing_list_new(G_LIST_MODEL(store));
    g_autoptr(GPtrArray) seen = g_ptr_array_new();
    g_signal_connect(list, "items-changed", G_CALLBACK(mirror), seen);
    put(store, 0, 0, 100);
    g_assert_cmpuint(seen->len, <, 100);
    g_assert_cmpuint(seen->len, >, 0);
    assert_mirrors(seen, list, store);
    const struct {
        guint position, removed, added;
    } changes[] = {{0, 1, 0}, {2, 2, 3}, {90, 3, 5}, {5, 20, 1}, {0, 0, 2}, {3, 0, 30}};
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
        put(store, changes[i].position, changes[i].removed, changes[i].added);
        assert_mirrors(seen, list, store);
    }
    guint before = seen->len;
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpuint(seen->len, ==, before);
    wh_growing_list_reach(list, before + 20);
    g_assert_cmpuint(seen->len, ==, before + 21);
    wh_growing_list_reach(list, 3);
    g_assert_cmpuint(seen->len, ==, before + 21);
    assert_mirrors(seen, list, store);
    while (wh_growing_list_grow(list))
        assert_mirrors(seen, list, store);
    g_assert_cmpuint(seen->len, ==, g_list_model_get_n_items(G_LIST_MODEL(store)));
    put(store, seen->len, 0, 2000);
    g_assert_cmpuint(seen->len, <, 200);
    wh_growing_list_reach(list, 9999);
    g_assert_cmpuint(seen->len, ==, g_list_model_get_n_items(G_LIST_MODEL(store)));
    put(store, 0, seen->len, 0);
    g_assert_cmpuint(seen->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/window-nouns/names", test_names);
    g_test_add_func("/window-nouns/possible-names", test_possible_names);
    g_test_add_func("/window-nouns/complaints", test_complaints);
    g_test_add_func("/window-nouns/complaint-words", test_complaint_words);
    g_test_add_func("/window-nouns/secret-typing", test_secret_typing);
    g_test_add_func("/window-nouns/secret-pasted", test_secret_pasted);
    g_test_add_func("/window-nouns/secret-is-wiped", test_secret_is_wiped);
    g_test_add_func("/window-nouns/secret-is-bounded", test_secret_is_bounded);
    g_test_add_func("/window-nouns/growing-list", test_growing_list);
    return g_test_run();
}
