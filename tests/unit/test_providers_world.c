#include "tests/unit/test_providers_world.h"

#include "service/net/system_lookup.h"

#include <glib/gstdio.h>
#include <string.h>

#define PATIENCE (60 * G_USEC_PER_SEC)

static void new_items(TestWorld *world)
{
    world->items = g_array_new(FALSE, TRUE, sizeof(WhUpdateItem));
    world->secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
}

static void free_items(TestWorld *world)
{
    for (guint i = 0; i < world->items->len; i++)
        wh_host_free((WhHost *)g_array_index(world->items, WhUpdateItem, i).host);
    g_array_unref(world->items);
    g_hash_table_unref(world->secrets);
    wh_account_free(world->account);
}

/* Other names are the system's. */
static GArray *look_up(const char *name, GError **error)
{
    static const char *const texts[] = {TEST_SILENT_ADDRESS, "127.0.0.1"};
    if (strcmp(name, TEST_TWO_ADDRESSES) != 0)
        return wh_system_lookup(name, error);
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        WhAddress address;
        g_assert_true(wh_address_parse(texts[i], &address));
        g_array_append_val(addresses, address);
    }
    return addresses;
}

void test_world_set_up(TestWorld *world, gconstpointer data)
{
    world->fake = data == NULL ? wh_fake_clock_new() : NULL;
    WhClock *clock = world->fake != NULL ? wh_fake_clock_clock(world->fake) : wh_clock_system();
    world->http = wh_http_new(clock, NULL, "Test");
    world->dns = wh_dns_client_new(clock);
    world->resolver = wh_resolver_new_with(clock, look_up);
    world->providers = wh_providers_new(clock, world->http, world->dns, world->resolver);
    world->outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outcome_free);
    world->account = wh_account_new("account", "dyndns2", "Account");
    new_items(world);
}

void test_world_tear_down(TestWorld *world, gconstpointer data)
{
    wh_providers_free(world->providers);
    wh_resolver_free(world->resolver);
    wh_dns_client_free(world->dns);
    wh_http_free(world->http);
    if (world->fake != NULL)
        g_assert_cmpuint(wh_fake_clock_pending(world->fake), ==, 0);
    g_clear_pointer(&world->fake, wh_fake_clock_free);
    g_ptr_array_unref(world->outcomes);
    free_items(world);
}

void test_world_account(TestWorld *world, const char *provider)
{
    free_items(world);
    new_items(world);
    world->account = wh_account_new("account", provider, "Account");
}

void test_world_field(TestWorld *world, const char *name, const char *text)
{
    g_hash_table_replace(world->account->fields, g_strdup(name), g_strdup(text));
}

void test_world_secret(TestWorld *world, const char *name, const char *text)
{
    g_hash_table_replace(world->secrets, g_strdup(name), wh_secret_new(text, -1));
}

WhHost *test_world_host(TestWorld *world, const char *name, const char *ipv4, const char *ipv6)
{
    const char *const texts[WH_N_FAMILIES] = {ipv4, ipv6};
    WhHost *host = wh_host_new(name, "account", name);
    WhUpdateItem item = {.host = host};
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        item.has[family] = texts[family] != NULL;
        g_assert_true(texts[family] == NULL ||
                      wh_address_parse(texts[family], &item.address[family]));
    }
    g_array_append_val(world->items, item);
    return host;
}

static void keep_report(const WhUpdateReport *report, gpointer data)
{
    TestWorld *world = data;
    g_ptr_array_set_size(world->outcomes, 0);
    for (gsize i = 0; i < report->n_outcomes; i++)
        g_ptr_array_add(world->outcomes, wh_outcome_copy(report->outcomes[i]));
    world->sent = report->sent;
    world->answered = report->answered;
    world->calls++;
}

guint64 test_world_send(TestWorld *world)
{
    const WhUpdate update = {
        .account = world->account,
        .items = (const WhUpdateItem *)world->items->data,
        .n_items = world->items->len,
    };
    guint calls = world->calls;
    guint64 handle =
        wh_providers_update(world->providers, &update, world->secrets, keep_report, world);
    g_assert_cmpuint(handle, !=, 0);
    g_assert_cmpuint(world->calls, ==, calls);
    return handle;
}

void test_world_wait(TestWorld *world)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    guint calls = world->calls;
    while (world->calls == calls) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        if (world->fake != NULL)
            wh_fake_clock_advance(world->fake, 0);
        g_main_context_iteration(NULL, FALSE);
    }
}

void test_world_expect(TestWorld *world, guint host, WhResultClass result, const char *part)
{
    g_assert_cmpuint(host, <, world->outcomes->len);
    const WhOutcome *outcome = world->outcomes->pdata[host];
    const char *detail = outcome->detail != NULL ? outcome->detail : "";
    if (outcome->result != result || (part != NULL && strstr(detail, part) == NULL))
        g_test_message("%s: %s", wh_result_class_name(outcome->result), detail);
    g_assert_cmpstr(wh_result_class_name(outcome->result), ==, wh_result_class_name(result));
    g_assert_true(part == NULL || strstr(detail, part) != NULL);
    g_assert_cmpuint(strlen(detail), <=, 200);
}

char *test_world_folder(void)
{
    char *folder = g_dir_make_tmp("wayhome-test-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return folder;
}

void test_world_write(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void test_world_remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_assert_cmpint(g_remove(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}
