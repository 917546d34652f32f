#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

static const char *text(json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static json_t *state_of(World *world, GIOStream *stream)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    return json_incref(json_object_get(answer, "state"));
}

static json_t *only(json_t *state, const char *list)
{
    g_assert_cmpuint(json_array_size(json_object_get(state, list)), ==, 1);
    return json_array_get(json_object_get(state, list), 0);
}

static void test_empty_status(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(json_t) state = state_of(world, stream);
    g_assert_cmpuint(json_array_size(json_object_get(state, "verdicts")), ==, 2);
    g_assert_cmpuint(json_array_size(json_object_get(state, "hosts")), ==, 0);
    json_t *service = json_object_get(state, "service");
    g_assert_cmpstr(text(service, "scope"), ==, "user");
    g_assert_cmpstr(json_string_value(json_array_get(json_object_get(service, "notices"), 0)), ==,
                    "store_in_memory");
}

static void test_providers(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(json_t) answer = world_call(world, stream, "ListProviders", "{}");
    g_assert_cmpuint(json_array_size(json_object_get(answer, "providers")), >=, 4);
}

static void test_account(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_autoptr(json_t) state = state_of(world, stream);
    json_t *seen = only(state, "accounts");
    g_assert_cmpstr(text(seen, "id"), ==, account);
    json_t *secret = json_array_get(json_object_get(seen, "secrets"), 0);
    g_assert_cmpstr(text(secret, "state"), ==, "present");

    g_autofree char *edit = g_strdup_printf("{\"account\":\"%s\",\"label\":\"At home\"}", account);
    json_decref(world_call(world, stream, "EditAccount", edit));
    g_autoptr(json_t) edited = state_of(world, stream);
    g_assert_cmpstr(text(only(edited, "accounts"), "label"), ==, "At home");

    g_autofree char *named = g_strdup_printf("{\"account\":\"%s\"}", account);
    json_decref(world_call(world, stream, "ForgetSecrets", named));
    g_autoptr(json_t) forgotten = state_of(world, stream);
    secret = json_array_get(json_object_get(only(forgotten, "accounts"), "secrets"), 0);
    g_assert_cmpstr(text(secret, "state"), ==, "missing");

    g_autofree char *set =
        g_strdup_printf("{\"account\":\"%s\",\"field\":\"token\",\"secret\":\"other\"}", account);
    json_decref(world_call(world, stream, "SetSecret", set));
    json_decref(world_call(world, stream, "RemoveAccount", named));
    g_autoptr(json_t) empty = state_of(world, stream);
    g_assert_cmpuint(json_array_size(json_object_get(empty, "accounts")), ==, 0);
}

/* No answer holds a secret. */
static void test_secret_only_goes_in(void)
{
    static const char *const methods[] = {"Status", "ListProviders", "History"};
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_free(world_add_account(world, stream));
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++) {
        g_autoptr(json_t) answer = world_call(world, stream, methods[i], "{}");
        g_autoptr(GBytes) bytes = wh_reply_build(answer, FALSE);
        g_assert_null(strstr(g_bytes_get_data(bytes, NULL), "hush-hush"));
    }
}

/* The only record of the only host. */
static json_t *record_of(json_t *state)
{
    return only(only(state, "hosts"), "records");
}

static void test_record(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_set_address(world, "203.0.114.9");
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *host = world_add_host(world, stream, account, "a.duckdns.org");
    world_settle(world);
    g_assert_cmpuint(world->sent, ==, 1);
    g_autoptr(json_t) state = state_of(world, stream);
    g_assert_cmpstr(text(only(state, "hosts"), "id"), ==, host);
    g_assert_cmpstr(text(record_of(state), "state"), ==, "updating");
    g_assert_cmpstr(text(record_of(state), "desired"), ==, "203.0.114.9");
    g_assert_null(json_object_get(record_of(state), "acknowledged"));

    world_answer(world, WH_RESULT_CHANGED, "OK");
    g_autoptr(json_t) done = state_of(world, stream);
    g_assert_cmpstr(text(record_of(done), "state"), ==, "current");
    g_assert_cmpstr(text(record_of(done), "acknowledged"), ==, "203.0.114.9");
    g_autofree char *named = g_strdup_printf("{\"host\":\"%s\"}", host);
    g_autoptr(json_t) history = world_call(world, stream, "History", named);
    g_assert_cmpuint(json_array_size(json_object_get(history, "events")), >, 0);
}

static void test_halt(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_set_address(world, "203.0.114.9");
    g_autofree char *account = world_add_account(world, stream);
    g_free(world_add_host(world, stream, account, "a.duckdns.org"));
    world_settle(world);
    world_answer(world, WH_RESULT_AUTH, "KO \xff");
    g_autoptr(json_t) state = state_of(world, stream);
    json_t *record = record_of(state);
    g_assert_cmpstr(text(record, "state"), ==, "halted");
    g_assert_cmpstr(text(record, "scope"), ==, "account");
    g_assert_cmpstr(text(json_object_get(record, "result"), "class"), ==, "AUTH");
    g_assert_cmpstr(text(json_object_get(record, "result"), "detail"), ==, "KO \xef\xbf\xbd");
    json_t *halted = only(state, "accounts");
    g_assert_true(json_is_true(json_object_get(halted, "halted")));
    g_assert_cmpstr(text(halted, "scope"), ==, "account");

    g_autofree char *named = g_strdup_printf("{\"account\":\"%s\"}", account);
    json_decref(world_call(world, stream, "Resume", named));
    world_settle(world);
    g_autoptr(json_t) resumed = state_of(world, stream);
    g_assert_false(json_is_true(json_object_get(only(resumed, "accounts"), "halted")));
    g_assert_cmpuint(world->sent, ==, 2);
}

static void test_host(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *host = world_add_host(world, stream, account, "a.duckdns.org");
    g_autofree char *edit = g_strdup_printf("{\"host\":\"%s\",\"ipv6\":true}", host);
    json_decref(world_call(world, stream, "EditHost", edit));
    g_autoptr(json_t) both = state_of(world, stream);
    g_assert_cmpuint(json_array_size(json_object_get(only(both, "hosts"), "records")), ==, 2);

    g_autofree char *named = g_strdup_printf("{\"host\":\"%s\"}", host);
    json_decref(world_call(world, stream, "Pause", named));
    g_autoptr(json_t) paused = state_of(world, stream);
    g_assert_true(json_is_true(json_object_get(only(paused, "hosts"), "paused")));
    json_decref(world_call(world, stream, "Resume", named));
    g_autoptr(json_t) resumed = state_of(world, stream);
    g_assert_false(json_is_true(json_object_get(only(resumed, "hosts"), "paused")));

    json_decref(world_call(world, stream, "RemoveHost", named));
    g_autoptr(json_t) removed = state_of(world, stream);
    g_assert_cmpuint(json_array_size(json_object_get(removed, "hosts")), ==, 0);
}

static void test_pause_everything(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    json_decref(world_call(world, stream, "Pause", "{}"));
    g_autoptr(json_t) paused = state_of(world, stream);
    g_assert_true(json_is_true(json_object_get(json_object_get(paused, "service"), "paused")));
    world->can_save = FALSE;
    json_decref(world_refused(world, stream, "Resume", "{}", "NotSaved"));
    json_decref(world_call(world, stream, "UpdateNow", "{}"));
    g_assert_cmpuint(world->looks, ==, 1);
}

static void expect_not_found(World *world, GIOStream *stream, const char *method,
                             const char *parameters, const char *what)
{
    g_autoptr(json_t) refused = world_refused(world, stream, method, parameters, "NotFound");
    g_assert_cmpstr(text(refused, "what"), ==, what);
    g_assert_cmpstr(text(refused, "id"), ==, "none");
}

static void test_not_found(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    expect_not_found(world, stream, "AddAccount", "{\"provider\":\"none\"}", "provider");
    expect_not_found(world, stream, "EditAccount", "{\"account\":\"none\"}", "account");
    expect_not_found(world, stream, "RemoveAccount", "{\"account\":\"none\"}", "account");
    expect_not_found(world, stream, "ForgetSecrets", "{\"account\":\"none\"}", "account");
    expect_not_found(world, stream, "SetSecret",
                     "{\"account\":\"none\",\"field\":\"a\",\"secret\":\"b\"}", "account");
    expect_not_found(world, stream, "AddHost", "{\"account\":\"none\",\"name\":\"a.b\"}",
                     "account");
    expect_not_found(world, stream, "EditHost", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "RemoveHost", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "UpdateNow", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "Pause", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "Resume", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "Resume", "{\"account\":\"none\"}", "account");
    expect_not_found(world, stream, "History", "{\"host\":\"none\"}", "host");
    expect_not_found(world, stream, "Test", "{\"account\":\"none\",\"name\":\"a.b\"}", "account");
    expect_not_found(world, stream, "Test", "{\"provider\":\"none\",\"name\":\"a.b\"}", "provider");
}

static void expect_invalid(World *world, GIOStream *stream, const char *method, const char *field,
                           const char *format, ...) G_GNUC_PRINTF(5, 6);

static void expect_invalid(World *world, GIOStream *stream, const char *method, const char *field,
                           const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *parameters = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autoptr(json_t) refused = world_refused(world, stream, method, parameters, "Invalid");
    g_assert_cmpstr(text(refused, "field"), ==, field);
    g_assert_cmpuint(strlen(text(refused, "reason")), >, 10);
}

static void test_invalid(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    expect_invalid(world, stream, "AddHost", "ttl",
                   "{\"account\":\"%s\",\"name\":\"a.duckdns.org\",\"ttl\":-1}", account);
    expect_invalid(world, stream, "AddHost", "ttl",
                   "{\"account\":\"%s\",\"name\":\"a.duckdns.org\",\"ttl\":2147483648}", account);
    expect_invalid(world, stream, "AddHost", "ipv4",
                   "{\"account\":\"%s\",\"name\":\"a.duckdns.org\",\"ipv4\":false,\"ipv6\":false}",
                   account);
    expect_invalid(world, stream, "AddHost", "name", "{\"account\":\"%s\",\"name\":\"no good\"}",
                   account);
    expect_invalid(world, stream, "SetSecret", "nothing",
                   "{\"account\":\"%s\",\"field\":\"nothing\",\"secret\":\"x\"}", account);
    expect_invalid(world, stream, "AddAccount", "nothing",
                   "{\"provider\":\"duckdns\",\"fields\":{\"nothing\":\"x\"}}");
    expect_invalid(world, stream, "History", "limit", "{\"limit\":0}");
    expect_invalid(world, stream, "History", "limit", "{\"limit\":1001}");
    expect_invalid(world, stream, "History", "before", "{\"before\":-1}");
    expect_invalid(world, stream, "Test", "account", "{\"name\":\"a.duckdns.org\"}");
}

static void test_exists(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_free(world_add_host(world, stream, account, "a.duckdns.org"));
    g_autofree char *again =
        g_strdup_printf("{\"account\":\"%s\",\"name\":\"a.duckdns.org\"}", account);
    g_autoptr(json_t) refused = world_refused(world, stream, "AddHost", again, "Exists");
    g_assert_cmpstr(text(refused, "name"), ==, "a.duckdns.org");
}

static void test_test(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *parameters =
        g_strdup_printf("{\"account\":\"%s\",\"name\":\"a.duckdns.org\"}", account);
    json_decref(world_refused(world, stream, "Test", parameters, "NoAddress"));
}

static gboolean ask_the_other(const char *name, gpointer data)
{
    return TRUE;
}

static void expect_withheld(World *world, GIOStream *stream, const char *reason)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    json_t *hosts = json_object_get(json_object_get(answer, "state"), "hosts");
    g_assert_cmpstr(text(json_array_get(hosts, 0), "withheld"), ==, reason);
}

/* A host that is not sent although nobody paused it says why. */
static void test_withheld(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *account = world_add_account(world, stream);
    g_free(world_add_host(world, stream, account, "a.duckdns.org"));
    expect_withheld(world, stream, NULL);
    const WhAccountsRival rival = {.ask = ask_the_other};
    wh_accounts_set_rival(world->accounts, &rival, NULL);
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    wh_accounts_set_elsewhere(world->accounts, names);
    expect_withheld(world, stream, "system");
    g_hash_table_insert(names, (gpointer) "a.duckdns.org", GINT_TO_POINTER(TRUE));
    wh_accounts_set_elsewhere(world->accounts, names);
    expect_withheld(world, stream, "system");
    g_hash_table_insert(names, (gpointer) "a.duckdns.org", GINT_TO_POINTER(FALSE));
    wh_accounts_set_elsewhere(world->accounts, names);
    expect_withheld(world, stream, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-methods/empty-status", test_empty_status);
    g_test_add_func("/control-methods/providers", test_providers);
    g_test_add_func("/control-methods/account", test_account);
    g_test_add_func("/control-methods/secret-only-goes-in", test_secret_only_goes_in);
    g_test_add_func("/control-methods/record", test_record);
    g_test_add_func("/control-methods/halt", test_halt);
    g_test_add_func("/control-methods/host", test_host);
    g_test_add_func("/control-methods/pause-everything", test_pause_everything);
    g_test_add_func("/control-methods/not-found", test_not_found);
    g_test_add_func("/control-methods/invalid", test_invalid);
    g_test_add_func("/control-methods/exists", test_exists);
    g_test_add_func("/control-methods/withheld", test_withheld);
    g_test_add_func("/control-methods/test", test_test);
    return g_test_run();
}
