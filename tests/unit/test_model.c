#include "platform/fake/fake.h"
#include "tests/unit/test_model_world.h"

#include <string.h>

#define CALM "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS
#define VERDICT                                                                                    \
    "{\"family\":\"ipv4\",\"address\":\"203.0.113.9\",\"reason\":\"direct\",\"sources\":[]}"

static void set_up(World *world, gconstpointer data)
{
    g_autofree char *first = world_host("h1", "a.example", "current");
    g_autofree char *second = world_host("h2", "xn--bcher-kva.example", "current");
    g_autofree char *hosts = g_strconcat(first, ",", second, NULL);
    g_autofree char *state = world_state(CALM, VERDICT, WORLD_ACCOUNT, hosts);
    world_set_up(world, state);
}

static void tear_down(World *world, gconstpointer data)
{
    world_tear_down(world);
}

static void count(GObject *object, GParamSpec *spec, gpointer data)
{
    g_string_append_printf(data, "%s;", spec->name);
}

static void test_state(World *world, gconstpointer data)
{
    WhModel *model = world->model;
    g_assert_true(wh_model_is_ready(model));
    g_assert_cmpint(wh_model_status(model), ==, WH_STATUS_OK);
    g_assert_cmpstr(wh_model_summary(model), ==, "2 names are right");
    g_assert_null(wh_model_next_step(model));
    g_assert_cmpstr(wh_model_scope(model), ==, "user");
    g_autofree char *address = NULL, *sentence = NULL;
    g_object_get(model, "ipv4", &address, "ipv4-sentence", &sentence, NULL);
    g_assert_cmpstr(address, ==, "203.0.113.9");
    g_assert_cmpstr(sentence, ==, "203.0.113.9, on this computer's own line");
    WhHostItem *host = wh_model_find_host(model, "h1");
    g_assert_cmpstr(wh_host_item_name(host), ==, "a.example");
    g_assert_cmpstr(wh_host_item_address(host), ==, "203.0.113.9");
    g_assert_cmpstr(wh_host_item_sentence(host), ==, "Up to date");
    g_assert_nonnull(wh_host_item_ipv4(host));
    g_assert_null(wh_host_item_ipv6(host));
    g_assert_cmpstr(wh_host_item_display_name(wh_model_find_host(model, "h2")), ==,
                    "bücher.example");
    WhAccountItem *account = wh_model_find_account(model, "a1");
    g_assert_cmpstr(wh_account_item_field(account, "user"), ==, "me");
    g_assert_cmpstr(wh_account_item_field(account, "other"), ==, "");
    g_assert_cmpstr(wh_account_item_secret_state(account, "token"), ==, "present");
    g_assert_null(wh_account_item_secret_state(account, "other"));
}

static void test_providers(World *world, gconstpointer data)
{
    WhAccountItem *account = wh_model_find_account(world->model, "a1");
    GListModel *providers = wh_model_providers(world->model);
    g_assert_cmpuint(g_list_model_get_n_items(providers), ==, 3);
    g_autoptr(WhProviderItem) first = g_list_model_get_item(providers, 0);
    g_assert_cmpstr(wh_provider_item_name(first), ==, "Duck DNS");
    g_assert_cmpstr(wh_provider_item_signup(first), ==, "https://duck.example");
    g_assert_null(wh_provider_item_home(first));
    g_assert_cmpstr(wh_provider_item_name_suffix(first), ==, "duck.example");
    g_assert_null(wh_provider_item_caution(first));
    g_assert_cmpuint(wh_provider_item_n_fields(first), ==, 2);
    const WhFormField *token = wh_provider_item_field(first, 0);
    g_assert_cmpint(token->kind, ==, WH_FORM_SECRET);
    g_assert_true(token->required);
    g_assert_cmpstr(token->hint, ==, "");
    const WhFormField *mode = wh_provider_item_field(first, 1);
    g_assert_cmpint(mode->kind, ==, WH_FORM_CHOICE);
    g_assert_cmpstr(mode->choices[1], ==, "b");
    g_assert_null(mode->choices[2]);
    g_assert_cmpstr(wh_account_item_label(account), ==, "Duck DNS");
    g_assert_cmpstr(wh_host_item_account_label(wh_model_find_host(world->model, "h1")), ==,
                    "Duck DNS");
    g_assert_true(first == wh_model_find_provider(world->model, "duckdns"));
}

/* A change reaches the item that was there, and tells only what is new. */
static void test_change(World *world, gconstpointer data)
{
    WhHostItem *host = wh_model_find_host(world->model, "h1");
    WhRecordItem *record = wh_host_item_ipv4(host);
    g_autoptr(GString) of_host = g_string_new(NULL);
    g_autoptr(GString) of_record = g_string_new(NULL);
    g_autoptr(GString) of_model = g_string_new(NULL);
    g_signal_connect(host, "notify", G_CALLBACK(count), of_host);
    g_signal_connect(record, "notify", G_CALLBACK(count), of_record);
    g_signal_connect(world->model, "notify", G_CALLBACK(count), of_model);
    guint changes = world->changes;
    g_autofree char *updating = world_host("h1", "a.example", "updating");
    g_autofree char *message = g_strdup_printf("{\"hosts\":[%s]}", updating);
    world_send(world, message);
    g_assert_cmpuint(world->changes, ==, changes + 1);
    g_assert_true(host == wh_model_find_host(world->model, "h1"));
    g_assert_true(record == wh_host_item_ipv4(host));
    g_assert_cmpstr(of_record->str, ==, "sentence;status;state;");
    g_assert_cmpstr(of_host->str, ==, "sentence;status;");
    g_assert_cmpstr(of_model->str, ==, "summary;status;");
    g_assert_cmpstr(wh_model_summary(world->model), ==, "Updating a.example");

    world_send(world, message);
    g_assert_cmpstr(of_record->str, ==, "sentence;status;state;");
    g_assert_cmpstr(of_host->str, ==, "sentence;status;");
    g_assert_cmpstr(of_model->str, ==, "summary;status;");
    g_signal_handlers_disconnect_by_data(host, of_host);
    g_signal_handlers_disconnect_by_data(record, of_record);
    g_signal_handlers_disconnect_by_data(world->model, of_model);
}

static void test_come_and_go(World *world, gconstpointer data)
{
    GListModel *hosts = wh_model_hosts(world->model);
    g_autofree char *third = world_host("h3", "c.example", "paused");
    g_autofree char *added = g_strdup_printf("{\"hosts\":[%s]}", third);
    world_send(world, added);
    g_assert_cmpuint(g_list_model_get_n_items(hosts), ==, 3);
    g_autoptr(WhHostItem) last = g_list_model_get_item(hosts, 2);
    g_assert_cmpstr(wh_host_item_id(last), ==, "h3");
    g_assert_cmpint(wh_model_status(world->model), ==, WH_STATUS_PAUSED);
    world_send(world, "{\"removed_hosts\":[\"h1\",\"nobody\",7]}");
    g_assert_cmpuint(g_list_model_get_n_items(hosts), ==, 2);
    g_assert_null(wh_model_find_host(world->model, "h1"));
    world_send(world, "{\"removed_hosts\":[\"h2\",\"h3\"],\"removed_accounts\":[\"a1\"]}");
    g_assert_cmpuint(g_list_model_get_n_items(hosts), ==, 0);
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_accounts(world->model)), ==, 0);
    g_assert_cmpstr(wh_model_summary(world->model), ==, "No name yet");
}

static void items_changed(GListModel *list, guint at, guint removed, guint added, gpointer data)
{
    g_string_append_printf(data, "%u-%u+%u;", at, removed, added);
}

/* The whole state again, as after a restart: who stays is the same, and the order is the service's.
 */
static void test_whole_again(World *world, gconstpointer data)
{
    g_autoptr(WhHostItem) first = g_object_ref(wh_model_find_host(world->model, "h1"));
    g_autoptr(GString) seen = g_string_new(NULL);
    g_signal_connect(wh_model_hosts(world->model), "items-changed", G_CALLBACK(items_changed),
                     seen);
    g_autofree char *a = world_host("h1", "a.example", "current");
    g_autofree char *b = world_host("h2", "b.example", "current");
    g_autofree char *c = world_host("h3", "c.example", "current");
    g_autofree char *same = g_strconcat(a, ",", b, NULL);
    g_autofree char *again = world_state(CALM, VERDICT, WORLD_ACCOUNT, same);
    world_send(world, again);
    g_assert_cmpstr(seen->str, ==, "");
    g_autofree char *hosts = g_strconcat(c, ",", a, NULL);
    g_autofree char *other = world_state(CALM, VERDICT, WORLD_ACCOUNT, hosts);
    world_send(world, other);
    g_assert_cmpstr(seen->str, ==, "0-2+2;");
    g_autoptr(WhHostItem) second = g_list_model_get_item(wh_model_hosts(world->model), 1);
    g_assert_true(first == second);
    g_assert_null(wh_model_find_host(world->model, "h2"));
    g_signal_handlers_disconnect_by_data(wh_model_hosts(world->model), seen);
}

static void test_events(World *world, gconstpointer data)
{
    world_send(world,
               "{\"events\":[{\"id\":1,\"at\":5,\"kind\":\"sent\",\"address\":\"192.0.2.1\"},"
               "7,{\"id\":2,\"at\":6,\"kind\":\"brand-new\"}]}");
    g_assert_cmpstr(world->events->str, ==, "sent 192.0.2.1 to the provider;brand-new;");
}

/* The last state stays and the summary says that nobody keeps it right. */
static void test_away(World *world, gconstpointer data)
{
    stub_service_free(world->stub);
    world->stub = NULL;
    world_wait(world);
    g_assert_false(wh_model_is_ready(world->model));
    g_assert_cmpint(wh_model_status(world->model), ==, WH_STATUS_OFFLINE);
    g_assert_cmpstr(wh_model_summary(world->model), ==,
                    "The Wayhome service does not run on this computer");
    g_assert_nonnull(wh_model_next_step(world->model));
    g_assert_null(strstr(wh_model_next_step(world->model), "wayhomectl"));
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_hosts(world->model)), ==, 2);
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_providers(world->model)), ==, 3);
}

/* A list that could not be had is no empty list. */
static void test_providers_fail(World *world, gconstpointer data)
{
    stub_service_refuse(world->stub, "ListProviders", "org.wayhome.Control.NotPossible",
                        "{\"reason\":\"Not now.\"}");
    guint before = stub_service_count(world->stub, "ListProviders");
    stub_service_hang_up(world->stub);
    while (stub_service_count(world->stub, "ListProviders") == before)
        g_main_context_iteration(NULL, TRUE);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_providers(world->model)), ==, 3);
}

/* Words of a newer service, and members that are not what they should be. */
static void test_malformed(World *world, gconstpointer data)
{
    world_send(world, "{\"service\":7,\"verdicts\":{},\"accounts\":\"x\",\"hosts\":[[],{},"
                      "{\"id\":5},{\"id\":\"h9\",\"name\":3,\"records\":[7,{\"family\":\"ipv9\"},"
                      "{\"family\":\"ipv4\",\"state\":\"brand-new\",\"proof\":[]},"
                      "{\"family\":\"ipv6\",\"proof\":{\"status\":\"brand-new\"},"
                      "\"acknowledged\":\"::1\"}]}],\"removed_hosts\":{},\"events\":7}");
    WhHostItem *host = wh_model_find_host(world->model, "h9");
    g_assert_nonnull(host);
    g_assert_cmpstr(wh_record_item_sentence(wh_host_item_ipv4(host)), ==,
                    "In a state this program does not know");
    g_assert_cmpstr(wh_record_item_proof(wh_host_item_ipv6(host)), ==, "Cannot be proven");
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_hosts(world->model)), ==, 3);
    world_send(world,
               "{\"accounts\":[{\"id\":\"a9\",\"label\":7,\"secrets\":[3,{}],\"fields\":[]}],"
               "\"verdicts\":[{\"family\":\"ipv6\",\"reason\":\"brand-new\"},3]}");
    WhAccountItem *account = wh_model_find_account(world->model, "a9");
    g_assert_cmpstr(wh_account_item_label(account), ==, "a9");
    g_assert_cmpstr(wh_account_item_field(account, "x"), ==, "");
    world_send(world, "{\"state\":{\"hosts\":7}}");
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_hosts(world->model)), ==, 0);
}

/* Both families: one sentence where they agree, else the worse one with its family. */
static void test_records(World *world, gconstpointer data)
{
    g_autofree char *text = g_strdup_printf(
        "{\"hosts\":[{\"id\":\"h1\",\"name\":\"a.example\",\"account\":\"a1\",\"records\":["
        "{\"family\":\"ipv4\",\"state\":\"current\",\"acknowledged\":\"203.0.113.9\",\"proof\":"
        "{\"status\":\"proven\",\"at\":%" G_GINT64_FORMAT
        ",\"witnesses\":[{\"said\":\"answered\"}]}},"
        "{\"family\":\"ipv6\",\"state\":\"halted\",\"desired\":\"2001:db8::1\","
        "\"result\":{\"class\":\"HOST\"}}]}]}",
        g_get_real_time());
    world_send(world, text);
    WhHostItem *host = wh_model_find_host(world->model, "h1");
    WhRecordItem *v4 = wh_host_item_ipv4(host);
    g_assert_true(wh_record_item_is_proven(v4));
    g_assert_cmpstr(wh_record_item_proof(v4), ==, "Proven just now: 1 of 1 server agrees");
    WhRecordItem *v6 = wh_host_item_ipv6(host);
    g_assert_cmpstr(wh_record_item_address(v6), ==, "");
    g_assert_cmpstr(wh_record_item_proof(v6), ==, "");
    g_assert_cmpint(wh_record_item_remedy(v6), ==, WH_REMEDY_RESUME);
    g_assert_cmpstr(wh_host_item_sentence(host), ==,
                    "IPv6: Stopped: the provider does not know this name in your account");
    g_assert_cmpint(wh_host_item_status(host), ==, WH_STATUS_ATTENTION);
    g_autofree char *one = world_host("h1", "a.example", "current");
    g_autofree char *less = g_strdup_printf("{\"hosts\":[%s]}", one);
    world_send(world, less);
    g_assert_true(v4 == wh_host_item_ipv4(host));
    g_assert_null(wh_host_item_ipv6(host));
    g_assert_false(wh_record_item_is_proven(v4));
}

static void test_secrets(World *world, gconstpointer data)
{
    g_assert_cmpstr(wh_model_secrets_kept_in(world->model), ==, "file");
    g_assert_cmpstr(wh_model_keyring_state(world->model), ==, "unused");
    world_send(world, "{\"service\":{\"secrets\":{\"kept_in\":\"keyring\",\"keyring\":\"open\","
                      "\"writer\":\"client\"}}}");
    g_assert_cmpstr(wh_model_secrets_kept_in(world->model), ==, "keyring");
    g_assert_cmpstr(wh_model_keyring_state(world->model), ==, "open");
    g_assert_cmpstr(wh_model_keyring_writer(world->model), ==, "client");
}

/* A service that restarts is asked anew, and the items stay the same. */
static void test_restart(World *world, gconstpointer data)
{
    WhHostItem *host = wh_model_find_host(world->model, "h1");
    stub_service_hang_up(world->stub);
    world_wait(world);
    g_assert_false(wh_model_is_ready(world->model));
    while (!wh_model_is_ready(world->model))
        world_wait(world);
    g_assert_true(host == wh_model_find_host(world->model, "h1"));
    g_assert_cmpstr(wh_model_summary(world->model), ==, "2 names are right");
}

static void test_properties(World *world, gconstpointer data)
{
    WhHostItem *host = wh_model_find_host(world->model, "h1");
    WhStatus status = WH_STATUS_ATTENTION;
    WhRemedy remedy = WH_REMEDY_RESUME;
    gboolean paused = TRUE, proven = TRUE;
    gint64 at = 1;
    g_autofree char *name = NULL, *family = NULL;
    g_autoptr(WhRecordItem) record = NULL;
    g_object_get(host, "name", &name, "status", &status, "paused", &paused, "ipv4", &record, NULL);
    g_assert_cmpstr(name, ==, "a.example");
    g_assert_cmpint(status, ==, WH_STATUS_OK);
    g_assert_false(paused);
    g_object_get(record, "family", &family, "proven", &proven, "proven-at", &at, "remedy", &remedy,
                 NULL);
    g_assert_cmpstr(family, ==, "IPv4");
    g_assert_false(proven);
    g_assert_cmpint(at, ==, 0);
    g_assert_cmpint(remedy, ==, WH_REMEDY_NONE);
    wh_model_refresh(world->model);
}

static void test_nobody(void)
{
    World world;
    world_set_up(&world, NULL);
    g_assert_false(wh_model_is_ready(world.model));
    g_assert_cmpint(wh_model_status(world.model), ==, WH_STATUS_OFFLINE);
    g_assert_cmpstr(wh_model_scope(world.model), ==, "");
    g_assert_cmpstr(wh_model_secrets_kept_in(world.model), ==, "");
    g_assert_cmpuint(g_list_model_get_n_items(wh_model_hosts(world.model)), ==, 0);
    world_tear_down(&world);
}

static void test_unsafe(void)
{
    World world;
    wh_fake_reset();
    StubService *stub = stub_service_new("/here");
    wh_fake_local_socket_set_trusted(FALSE);
    world = (World){.events = g_string_new(NULL), .link = wh_link_new("/here")};
    world.model = wh_model_new(world.link);
    g_assert_cmpint(wh_link_state(world.link), ==, WH_LINK_UNSAFE);
    g_assert_cmpint(wh_model_status(world.model), ==, WH_STATUS_ATTENTION);
    world_tear_down(&world);
    stub_service_free(stub);
}

static void add(const char *name, void (*test)(World *world, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/model/", name, NULL);
    g_test_add(path, World, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("state", test_state);
    add("providers", test_providers);
    add("providers-fail", test_providers_fail);
    add("change", test_change);
    add("come-and-go", test_come_and_go);
    add("whole-again", test_whole_again);
    add("events", test_events);
    add("away", test_away);
    add("malformed", test_malformed);
    add("records", test_records);
    add("secrets", test_secrets);
    add("restart", test_restart);
    add("properties", test_properties);
    g_test_add_func("/model/nobody", test_nobody);
    g_test_add_func("/model/unsafe", test_unsafe);
    return g_test_run();
}
