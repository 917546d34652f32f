/* What the door tells of where secrets are, and what a person can do about it. */
#include "platform/fake/keyring_fake.h"
#include "platform/fake/sealer_fake.h"
#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

static json_t *secrets_of(World *world, GIOStream *stream)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    json_t *service = json_object_get(json_object_get(answer, "state"), "service");
    return json_incref(json_object_get(service, "secrets"));
}

static void check(World *world, GIOStream *stream, const char *expected)
{
    g_autoptr(json_t) secrets = secrets_of(world, stream);
    g_autofree char *text =
        g_strdup_printf("%s %s %s %s", json_string_value(json_object_get(secrets, "kept_in")),
                        json_string_value(json_object_get(secrets, "keyring")),
                        json_string_value(json_object_get(secrets, "writer")),
                        json_is_true(json_object_get(secrets, "file_allowed")) ? "yes" : "no");
    g_assert_cmpstr(text, ==, expected);
}

static const char *secret_state(json_t *state)
{
    json_t *account = json_array_get(json_object_get(state, "accounts"), 0);
    json_t *secret = json_array_get(json_object_get(account, "secrets"), 0);
    return json_string_value(json_object_get(secret, "state"));
}

static void check_state(World *world, GIOStream *stream, const char *expected)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    g_assert_cmpstr(secret_state(json_object_get(answer, "state")), ==, expected);
}

static void check_not_possible(World *world, GIOStream *stream, const char *method,
                               const char *parameters)
{
    g_autoptr(json_t) why = world_refused(world, stream, method, parameters, "NotPossible");
    g_assert_true(g_str_has_suffix(json_string_value(json_object_get(why, "reason")), "."));
}

static void test_whole_computer(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    check(world, stream, "file unused service yes");
    check_not_possible(world, stream, "UnlockKeyring", "{}");
    check_not_possible(world, stream, "AllowSecretFile", "{\"allowed\":false}");
}

static void test_locked(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_OPEN);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_free(world_add_account(world, stream));
    world_settle(world);
    check(world, stream, "keyring open service no");
    check_state(world, stream, "present");
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    world_settle(world);
    check(world, stream, "keyring locked service no");
    json_decref(world_call(world, stream, "UnlockKeyring", "{}"));
    world_settle(world);
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 1);
    check(world, stream, "keyring locked service no");
    wh_fake_keyring_set_password_known(TRUE);
    json_decref(world_call(world, stream, "UnlockKeyring", "{}"));
    world_settle(world);
    check(world, stream, "keyring open service no");
    wh_fake_keyring_plant("service", "duckdns.token", NULL);
    world_settle(world);
    check_state(world, stream, "missing");
}

static void test_state_locked(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_LOCKED);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(json_t) added = world_call(world, stream, "AddAccount", "{\"provider\":\"duckdns\"}");
    g_autofree char *parameters =
        g_strdup_printf("{\"account\":\"%s\",\"field\":\"token\",\"secret\":\"x\"}",
                        json_string_value(json_object_get(added, "account")));
    check_state(world, stream, "locked");
    json_decref(world_call(world, stream, "SetSecret", parameters));
    check_state(world, stream, "present");
}

static void test_absent(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_ABSENT);
    g_autoptr(GIOStream) stream = world_connect(world);
    check(world, stream, "memory absent service no");
    check_not_possible(world, stream, "UnlockKeyring", "{}");
    json_decref(world_call(world, stream, "AllowSecretFile", "{\"allowed\":true}"));
    check(world, stream, "file absent service yes");
    json_decref(world_call(world, stream, "AllowSecretFile", "{\"allowed\":false}"));
    check(world, stream, "memory absent service no");
    json_decref(world_refused(world, stream, "AllowSecretFile", "{}", "InvalidParameter"));
}

/* Watchers hear when it is another. */
static void test_watched(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_LOCKED);
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, "{\"method\":\"org.wayhome.Control.Watch\",\"more\":true}");
    json_decref(world_receive(world, stream));
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    g_autoptr(json_t) message = world_receive(world, stream);
    json_t *service = json_object_get(json_object_get(message, "parameters"), "service");
    json_t *secrets = json_object_get(service, "secrets");
    g_assert_cmpstr(json_string_value(json_object_get(secrets, "keyring")), ==, "open");
}

static gboolean has_answer(World *world, GIOStream *stream)
{
    world_settle(world);
    return g_pollable_input_stream_is_readable(
        G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(stream)));
}

#define SET_SECRET                                                                                 \
    "{\"method\":\"org.wayhome.Control.SetSecret\",\"parameters\":{\"account\":\"duckdns\","       \
    "\"field\":\"token\",\"secret\":\"other\"}}"

/* "Done" is said when the keyring has it. */
static void test_answered_when_kept(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_OPEN);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_free(world_add_account(world, stream));
    wh_fake_keyring_set_slow(TRUE);
    world_send(world, stream, SET_SECRET);
    g_assert_false(has_answer(world, stream));
    wh_fake_keyring_set_slow(FALSE);
    g_assert_true(has_answer(world, stream));
    json_decref(world_receive(world, stream));
    g_assert_nonnull(strstr(wh_fake_keyring_resting("service", "duckdns.token"), "other"));
}

static void check_answer(World *world, GIOStream *stream, const char *error, const char *reason)
{
    g_assert_true(has_answer(world, stream));
    g_autoptr(json_t) message = world_receive(world, stream);
    json_t *why = json_object_get(json_object_get(message, "parameters"), "reason");
    g_assert_cmpstr(json_string_value(json_object_get(message, "error")), ==, error);
    if (reason != NULL)
        g_assert_nonnull(strstr(json_string_value(why), reason));
}

#define NOT_SAVED "org.wayhome.Control.NotSaved"

/* Each one is answered in its own time, and not with "done". */
static void test_keyring_hangs(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_OPEN);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(GIOStream) second = world_connect(world);
    g_free(world_add_account(world, stream));
    wh_fake_keyring_set_slow(TRUE);
    world_send(world, stream, SET_SECRET);
    g_assert_false(has_answer(world, stream));
    wh_fake_clock_advance(world->clock, 3 * WH_SECOND);
    world_send(world, second, SET_SECRET);
    g_assert_false(has_answer(world, second));
    wh_fake_clock_advance(world->clock, 2 * WH_SECOND);
    check_answer(world, stream, NOT_SAVED, "The keyring does not answer");
    g_assert_false(has_answer(world, second));
    wh_fake_clock_advance(world->clock, 3 * WH_SECOND);
    check_answer(world, second, NOT_SAVED, "The keyring does not answer");
    world_send(world, stream, SET_SECRET);
    g_assert_false(has_answer(world, stream));
}

static void test_keyring_refuses(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_OPEN);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_free(world_add_account(world, stream));
    wh_fake_keyring_set_broken(TRUE);
    world_send(world, stream, SET_SECRET);
    check_answer(world, stream, NOT_SAVED, "The keyring is broken");
    world_send(world, stream,
               "{\"method\":\"org.wayhome.Control.EditAccount\",\"parameters\":{\"account\":"
               "\"duckdns\",\"label\":\"Other\"}}");
    check_answer(world, stream, NULL, NULL);
    world_send(world, stream,
               "{\"method\":\"org.wayhome.Control.ForgetSecrets\",\"parameters\":{\"account\":"
               "\"duckdns\"}}");
    check_answer(world, stream, NOT_SAVED, "The keyring is broken");
    wh_fake_keyring_set_broken(FALSE);
    json_decref(world_call(world, stream, "UnlockKeyring", "{}"));
    world_settle(world);
    g_assert_null(wh_fake_keyring_resting("service", "duckdns.token"));
}

/* What waits for one account holds up no other. */
static void test_others_go_on(void)
{
    g_autoptr(World) world = world_new_with_keyring(WH_KEYRING_OPEN);
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autoptr(GIOStream) second = world_connect(world);
    g_free(world_add_account(world, stream));
    json_decref(world_call(world, stream, "AddAccount", "{\"provider\":\"duckdns\"}"));
    wh_fake_keyring_set_slow(TRUE);
    world_send(world, stream, SET_SECRET);
    g_assert_false(has_answer(world, stream));
    json_decref(world_call(world, second, "EditAccount",
                           "{\"account\":\"duckdns-2\",\"label\":\"Other\"}"));
}

#define KEEP_UNATTENDED                                                                            \
    "{\"method\":\"org.wayhome.Control.KeepUnattended\",\"parameters\":{\"enabled\":true}}"

static World *sealed_world(GIOStream **stream)
{
    static const WhPeer alice = {.known = TRUE, .is_person = TRUE, .principal = "uid:1000"};
    World *world = world_new_with_sealer(alice.principal);
    *stream = world_connect_as(world, &alice);
    g_free(world_add_account(world, *stream));
    world_settle(world);
    return world;
}

/* "Done" is said when the copies are there. */
static void test_unattended_when_sealed(void)
{
    g_autoptr(GIOStream) stream = NULL;
    g_autoptr(World) world = sealed_world(&stream);
    wh_fake_sealer_set_slow(TRUE);
    world_send(world, stream, KEEP_UNATTENDED);
    g_assert_false(has_answer(world, stream));
    wh_fake_sealer_set_slow(FALSE);
    check_answer(world, stream, NULL, NULL);
    WhVaultView view;
    wh_vault_view(world->vault, &view);
    g_assert_cmpint(view.place, ==, WH_VAULT_IN_SEALED);
    g_assert_cmpuint(view.unsaved, ==, 0);
}

static void test_unattended_not_sealed(void)
{
    g_autoptr(GIOStream) stream = NULL;
    g_autoptr(World) world = sealed_world(&stream);
    wh_fake_sealer_set_mode(WH_FAKE_SEALER_FAILS);
    world_send(world, stream, KEEP_UNATTENDED);
    check_answer(world, stream, NOT_SAVED, NULL);
}

static void test_sealing_hangs(void)
{
    g_autoptr(GIOStream) stream = NULL;
    g_autoptr(World) world = sealed_world(&stream);
    wh_fake_sealer_set_slow(TRUE);
    world_send(world, stream, KEEP_UNATTENDED);
    g_assert_false(has_answer(world, stream));
    wh_fake_clock_advance(world->clock, 5 * WH_SECOND);
    check_answer(world, stream, NOT_SAVED, "The sealing of this computer does not answer");
}

/* Who takes it back meanwhile lets nobody wait. */
static void test_unattended_taken_back(void)
{
    g_autoptr(GIOStream) stream = NULL;
    g_autoptr(World) world = sealed_world(&stream);
    wh_fake_sealer_set_slow(TRUE);
    world_send(world, stream, KEEP_UNATTENDED);
    g_assert_false(has_answer(world, stream));
    const WhPeer root = {.known = TRUE, .is_root = TRUE, .principal = "uid:0"};
    g_autoptr(GIOStream) other = world_connect_as(world, &root);
    json_decref(world_call(world, other, "KeepUnattended", "{\"enabled\":false}"));
    check_answer(world, stream, NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control/secrets/whole-computer", test_whole_computer);
    g_test_add_func("/control/secrets/locked", test_locked);
    g_test_add_func("/control/secrets/state-locked", test_state_locked);
    g_test_add_func("/control/secrets/absent", test_absent);
    g_test_add_func("/control/secrets/watched", test_watched);
    g_test_add_func("/control/secrets/answered-when-kept", test_answered_when_kept);
    g_test_add_func("/control/secrets/keyring-hangs", test_keyring_hangs);
    g_test_add_func("/control/secrets/keyring-refuses", test_keyring_refuses);
    g_test_add_func("/control/secrets/others-go-on", test_others_go_on);
    g_test_add_func("/control/secrets/unattended-when-sealed", test_unattended_when_sealed);
    g_test_add_func("/control/secrets/unattended-not-sealed", test_unattended_not_sealed);
    g_test_add_func("/control/secrets/sealing-hangs", test_sealing_hangs);
    g_test_add_func("/control/secrets/unattended-taken-back", test_unattended_taken_back);
    return g_test_run();
}
