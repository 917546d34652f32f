#include "app/keyring/keyring_copy.h"
#include "platform/fake/fake.h"
#include "platform/fake/keyring_fake.h"
#include "tests/unit/test_model_world.h"

#define SERVICE                                                                                    \
    "{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"instant\":true,\"paused\":false,"     \
    "\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"sealed\",\"keyring\":"        \
    "\"unused\",\"writer\":\"%s\",\"file_allowed\":true,\"unattended\":%s}%s}"
#define OWNER ",\"owner\":\"alice\",\"caller\":\"owner\""
#define OTHER ",\"owner\":\"bob\",\"caller\":\"observe\""
#define UNOWNED ",\"caller\":\"observe\""
#define ACCOUNT                                                                                    \
    "{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"\",\"fields\":{\"mode\":\"%s\"},"         \
    "\"secrets\":[{\"field\":\"token\",\"state\":\"%s\"}],\"halted\":false}"

typedef struct {
    World world;
    WhKeyringCopy *copy;
} Fixture;

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

static void open_keyring(void)
{
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    settle();
}

static char *service_of(const char *writer, const char *who, gboolean unattended)
{
    return g_strdup_printf(SERVICE, writer, unattended ? "true" : "false", who);
}

static void begin_for(Fixture *fixture, WhKeyringState keyring, const char *writer, const char *who,
                      const char *secret_state)
{
    g_autofree char *service = service_of(writer, who, TRUE);
    g_autofree char *account = g_strdup_printf(ACCOUNT, "a", secret_state);
    g_autofree char *state =
        g_strdup_printf("{\"state\":{\"service\":%s,\"verdicts\":[],\"accounts\":[%s],"
                        "\"hosts\":[]}}",
                        service, account);
    world_set_up(&fixture->world, state);
    stub_service_answer(fixture->world.stub, "SetSecret", "{}");
    wh_fake_keyring_set_state(keyring);
    fixture->copy = wh_keyring_copy_new(fixture->world.model);
    settle();
}

static void begin(Fixture *fixture, WhKeyringState keyring, const char *writer,
                  const char *secret_state)
{
    begin_for(fixture, keyring, writer, OWNER, secret_state);
}

static void send_service(Fixture *fixture, const char *who, gboolean unattended)
{
    g_autofree char *service = service_of("client", who, unattended);
    g_autofree char *changes = g_strdup_printf("{\"service\":%s}", service);
    world_send(&fixture->world, changes);
    settle();
}

static void check_need(Fixture *fixture, WhKeyringCopyNeed need)
{
    g_assert_cmpint(wh_keyring_copy_need(fixture->copy), ==, need);
}

static void end(Fixture *fixture)
{
    wh_keyring_copy_free(fixture->copy);
    world_tear_down(&fixture->world);
    wh_fake_reset();
}

static void send_account(Fixture *fixture, const char *mode, const char *secret_state)
{
    g_autofree char *account = g_strdup_printf(ACCOUNT, mode, secret_state);
    g_autofree char *changes = g_strdup_printf("{\"accounts\":[%s]}", account);
    world_send(&fixture->world, changes);
    settle();
}

static void check_resting(const char *secret)
{
    const char *bytes = wh_fake_keyring_resting("tray", "a1.token");
    g_autofree char *member = g_strdup_printf("\"secret\":\"%s\"}", secret != NULL ? secret : "");
    if (secret == NULL)
        g_assert_null(bytes);
    else
        g_assert_true(bytes != NULL && g_str_has_suffix(bytes, member));
}

static gboolean was_called(gpointer data)
{
    return stub_service_called(data, "SetSecret") != NULL;
}

static void check_handed(Fixture *fixture, const char *secret)
{
    while (secret != NULL && !was_called(fixture->world.stub))
        g_main_context_iteration(NULL, TRUE);
    settle();
    json_t *called = stub_service_called(fixture->world.stub, "SetSecret");
    if (secret == NULL) {
        g_assert_null(called);
        return;
    }
    g_assert_cmpstr(json_string_value(json_object_get(called, "account")), ==, "a1");
    g_assert_cmpstr(json_string_value(json_object_get(called, "field")), ==, "token");
    g_assert_cmpstr(json_string_value(json_object_get(called, "secret")), ==, secret);
}

static void offer_for(Fixture *fixture, const char *account, const char *provider, const char *mode,
                      const char *secret)
{
    g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(fields, (gpointer) "mode", (gpointer)mode);
    wh_keyring_copy_offer(fixture->copy, account, provider, fields, "token", secret);
    settle();
}

static void offer(Fixture *fixture, const char *secret)
{
    offer_for(fixture, "a1", "duckdns", "a", secret);
}

static void test_offered(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer(&fixture, "hunter2");
    check_resting("hunter2");
    g_assert_cmpstr(wh_fake_keyring_label("tray", "a1.token"), ==,
                    "Wayhome: Duck DNS, Token of account a1");
    offer(&fixture, "other");
    check_resting("other");
    offer_for(&fixture, "a1", "elsewhere", "a", "wrong");
    check_resting("other");
    check_handed(&fixture, NULL);
    end(&fixture);
}

/* A person's own service does that itself: the keyring is not even opened. */
static void test_not_the_writer(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "service", "missing");
    offer(&fixture, "hunter2");
    check_resting(NULL);
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    end(&fixture);
}

/* The Watch tells of a new account after the form got its answer. */
static void test_account_comes_later(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer_for(&fixture, "a2", "duckdns", NULL, "hunter2");
    g_assert_null(wh_fake_keyring_resting("tray", "a2.token"));
    world_send(&fixture.world, "{\"accounts\":[{\"id\":\"a2\",\"provider\":\"duckdns\","
                               "\"label\":\"\",\"fields\":{},\"secrets\":[],\"halted\":false}]}");
    settle();
    g_assert_nonnull(wh_fake_keyring_resting("tray", "a2.token"));
    end(&fixture);
}

/* The service lost it, and gets it again; the next run of the app. */
static void lost(const char *state, const char *mode, const char *expected)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer(&fixture, "hunter2");
    wh_keyring_copy_free(fixture.copy);
    send_account(&fixture, mode, state);
    fixture.copy = wh_keyring_copy_new(fixture.world.model);
    settle();
    check_handed(&fixture, expected);
    check_resting("hunter2");
    end(&fixture);
}

static void test_handed_over(void)
{
    lost("missing", "a", "hunter2");
    lost("damaged", "a", "hunter2");
    lost("away", "a", "hunter2");
}

/* A tray hands over for nobody else, and writes down nothing of what an administrator typed. */
static void test_not_the_owner(void)
{
    static const char *const others[] = {OTHER, "", ",\"owner\":\"bob\",\"caller\":\"manage\""};
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        Fixture fixture = {0};
        begin_for(&fixture, WH_KEYRING_OPEN, "client", others[i], "away");
        offer(&fixture, "hunter2");
        check_resting(NULL);
        check_handed(&fixture, NULL);
        send_service(&fixture, OWNER, TRUE);
        check_resting(NULL);
        end(&fixture);
    }
}

/* The form's answer comes before the Watch tells who the owner is. */
static void test_became_owner(void)
{
    Fixture fixture = {0};
    begin_for(&fixture, WH_KEYRING_OPEN, "client", UNOWNED, "present");
    offer(&fixture, "hunter2");
    check_resting(NULL);
    send_service(&fixture, OWNER, TRUE);
    check_resting("hunter2");
    end(&fixture);
}

/* Another was quicker: what waits is not put down once this person is the owner after all. */
static void test_another_became_owner(void)
{
    Fixture fixture = {0};
    begin_for(&fixture, WH_KEYRING_OPEN, "client", UNOWNED, "present");
    offer(&fixture, "hunter2");
    send_service(&fixture, OTHER, TRUE);
    send_service(&fixture, OWNER, TRUE);
    check_resting(NULL);
    end(&fixture);
}

/* What was given for another server goes nowhere. */
static void test_bound(void)
{
    lost("moved", "a", NULL);
    lost("missing", "b", NULL);
    lost("locked", "a", NULL);
    lost("closed", "a", NULL);
    lost("present", "a", NULL);
}

static void test_planted(void)
{
    static const char *const wrong[] = {"", "{}", "null", "hunter2", "{\"version\":1}"};
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "missing");
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        wh_fake_keyring_plant("tray", "a1.token", wrong[i]);
        settle();
        check_handed(&fixture, NULL);
    }
    end(&fixture);
}

static void went(const char *state, const char *left)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer(&fixture, "hunter2");
    send_account(&fixture, "a", state);
    check_resting(left);
    check_handed(&fixture, left);
    end(&fixture);
}

/* "Forget it" means everywhere; what the service keeps nowhere was not forgotten. */
static void test_forgotten(void)
{
    went("missing", NULL);
    went("away", "hunter2");
}

static void test_forgotten_while_away(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "away");
    wh_fake_keyring_plant("tray", "a1.token", "{}");
    settle();
    send_account(&fixture, "a", "missing");
    open_keyring();
    check_resting(NULL);
    check_handed(&fixture, NULL);
    end(&fixture);
}

static void test_removed(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer(&fixture, "hunter2");
    wh_fake_keyring_plant("tray", "a1x.token", "other");
    wh_fake_keyring_plant("tray", "a1.b.token", "other");
    settle();
    world_send(&fixture.world, "{\"removed_accounts\":[\"a1\"]}");
    settle();
    check_resting(NULL);
    g_assert_nonnull(wh_fake_keyring_resting("tray", "a1x.token"));
    g_assert_nonnull(wh_fake_keyring_resting("tray", "a1.b.token"));
    end(&fixture);
}

static void reconnect(Fixture *fixture)
{
    stub_service_hang_up(fixture->world.stub);
    while (wh_model_is_ready(fixture->world.model))
        g_main_context_iteration(NULL, TRUE);
    while (!wh_model_is_ready(fixture->world.model))
        g_main_context_iteration(NULL, TRUE);
    settle();
}

/* A service that starts without its memory is no reason to forget. */
static void test_lost_memory(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer(&fixture, "hunter2");
    stub_service_answer(fixture.world.stub, "Watch",
                        "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\","
                        "\"started\":2,\"instant\":true,\"paused\":false,\"notices\":[],"
                        "\"notice_details\":[],\"secrets\":{\"kept_in\":\"file\",\"keyring\":"
                        "\"unused\",\"writer\":\"client\",\"file_allowed\":true}" OWNER "},"
                        "\"verdicts\":[],\"accounts\":[],\"hosts\":[]}}");
    reconnect(&fixture);
    g_assert_null(wh_model_find_account(fixture.world.model, "a1"));
    check_resting("hunter2");
    end(&fixture);
}

static void count(gpointer data)
{
    guint *calls = data;
    (*calls)++;
}

static void test_locked(void)
{
    Fixture fixture = {0};
    guint calls = 0;
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    wh_keyring_copy_listen(fixture.copy, count, &calls);
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    offer(&fixture, "hunter2");
    g_assert_cmpuint(calls, >, 0);
    check_need(&fixture, WH_KEYRING_COPY_LOCKED);
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 0);
    wh_keyring_copy_unlock(fixture.copy);
    settle();
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 1);
    check_need(&fixture, WH_KEYRING_COPY_LOCKED);
    wh_fake_keyring_set_password_known(TRUE);
    wh_keyring_copy_unlock(fixture.copy);
    settle();
    check_resting("hunter2");
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    end(&fixture);
}

static void test_locked_and_lost(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "missing");
    check_need(&fixture, WH_KEYRING_COPY_LOCKED);
    open_keyring();
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    end(&fixture);
}

static void test_absent(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_ABSENT, "client", "missing");
    offer(&fixture, "hunter2");
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    send_service(&fixture, OWNER, FALSE);
    check_need(&fixture, WH_KEYRING_COPY_ABSENT);
    open_keyring();
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    check_resting(NULL);
    end(&fixture);
}

/* Given while it was locked, for a server that the account left before it was opened. */
static void test_account_moves_away(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    offer(&fixture, "for-a");
    send_account(&fixture, "b", "moved");
    open_keyring();
    check_resting(NULL);
    send_account(&fixture, "b", "missing");
    check_handed(&fixture, NULL);
    end(&fixture);
}

/* The form's answer comes before the Watch tells of the other server. */
static void test_watch_comes_later(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_OPEN, "client", "present");
    offer_for(&fixture, "a1", "duckdns", " b ", "for-b");
    check_resting(NULL);
    send_account(&fixture, "b", "present");
    check_resting("for-b");
    wh_keyring_copy_free(fixture.copy);
    send_account(&fixture, "a", "missing");
    fixture.copy = wh_keyring_copy_new(fixture.world.model);
    settle();
    check_handed(&fixture, NULL);
    send_account(&fixture, "b", "missing");
    check_handed(&fixture, "for-b");
    end(&fixture);
}

static void test_last_one_counts(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    offer(&fixture, "mistyped");
    offer(&fixture, "right");
    open_keyring();
    check_resting("right");
    end(&fixture);
}

/* Taken back in the form: nothing of it goes into the keyring. */
static void test_emptied(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    offer(&fixture, "hunter2");
    offer(&fixture, "");
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    open_keyring();
    check_resting(NULL);
    end(&fixture);
}

/* What is not needed any more does not keep the person's keyring from being left alone. */
static void test_account_goes(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    offer(&fixture, "hunter2");
    check_need(&fixture, WH_KEYRING_COPY_LOCKED);
    world_send(&fixture.world, "{\"removed_accounts\":[\"a1\"]}");
    settle();
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    open_keyring();
    check_resting(NULL);
    end(&fixture);
}

/* Removed before the Watch told of it. */
static void test_account_never_comes(void)
{
    Fixture fixture = {0};
    begin(&fixture, WH_KEYRING_LOCKED, "client", "present");
    offer_for(&fixture, "a2", "duckdns", NULL, "hunter2");
    check_need(&fixture, WH_KEYRING_COPY_LOCKED);
    reconnect(&fixture);
    check_need(&fixture, WH_KEYRING_COPY_FINE);
    end(&fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keyring-copy/offered", test_offered);
    g_test_add_func("/keyring-copy/not-the-writer", test_not_the_writer);
    g_test_add_func("/keyring-copy/not-the-owner", test_not_the_owner);
    g_test_add_func("/keyring-copy/became-owner", test_became_owner);
    g_test_add_func("/keyring-copy/another-became-owner", test_another_became_owner);
    g_test_add_func("/keyring-copy/account-comes-later", test_account_comes_later);
    g_test_add_func("/keyring-copy/account-moves-away", test_account_moves_away);
    g_test_add_func("/keyring-copy/watch-comes-later", test_watch_comes_later);
    g_test_add_func("/keyring-copy/last-one-counts", test_last_one_counts);
    g_test_add_func("/keyring-copy/emptied", test_emptied);
    g_test_add_func("/keyring-copy/account-goes", test_account_goes);
    g_test_add_func("/keyring-copy/account-never-comes", test_account_never_comes);
    g_test_add_func("/keyring-copy/handed-over", test_handed_over);
    g_test_add_func("/keyring-copy/bound", test_bound);
    g_test_add_func("/keyring-copy/planted", test_planted);
    g_test_add_func("/keyring-copy/forgotten", test_forgotten);
    g_test_add_func("/keyring-copy/forgotten-while-away", test_forgotten_while_away);
    g_test_add_func("/keyring-copy/removed", test_removed);
    g_test_add_func("/keyring-copy/lost-memory", test_lost_memory);
    g_test_add_func("/keyring-copy/locked", test_locked);
    g_test_add_func("/keyring-copy/locked-and-lost", test_locked_and_lost);
    g_test_add_func("/keyring-copy/absent", test_absent);
    return g_test_run();
}
