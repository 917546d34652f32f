#include "app/model/model.h"
#include "platform/fake/fake.h"
#include "platform/paths.h"
#include "service/protocol/names.h"
#include "tests/unit/test_model_world.h"

#include <string.h>

#define SERVICE(more)                                                                              \
    "{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"instant\":true,\"paused\":false,"     \
    "\"notices\":[],\"notice_details\":[],\"secrets\":{\"kept_in\":\"sealed\",\"keyring\":"        \
    "\"unused\",\"writer\":\"client\",\"file_allowed\":true,\"unattended\":true}" more "}"
#define OWNER ",\"owner\":\"alice\",\"caller\":\"owner\""
#define OTHER ",\"owner\":\"alice\",\"caller\":\"observe\""
#define UNOWNED ",\"caller\":\"observe\""
#define FILE_OF "/etc/wayhome/hosts.d/home.conf"
#define SECRET(state) "\"secrets\":[{\"field\":\"token\",\"state\":\"" state "\"}]"
#define ACCOUNT(more)                                                                              \
    "{\"id\":\"a1\",\"provider\":\"duckdns\",\"label\":\"\",\"fields\":{},\"halted\":false," more  \
    "}"
#define HOST(more, record)                                                                         \
    "{\"id\":\"h1\",\"name\":\"a.org\",\"account\":\"a1\",\"paused\":false" more                   \
    ",\"records\":[{\"family\":\"ipv4\"," record                                                   \
    ",\"proof\":{\"status\":\"none\",\"witnesses\":[]}}]}"
#define WAITING HOST("", "\"state\":\"no_secret\"")

static void begin(World *world, const char *service, const char *account, const char *host)
{
    g_autofree char *state =
        g_strdup_printf("{\"state\":{\"service\":%s,\"verdicts\":[],\"accounts\":[%s],"
                        "\"hosts\":[%s]}}",
                        service, account, host);
    world_set_up(world, state);
}

static void send_service(World *world, const char *service)
{
    g_autofree char *changes = g_strdup_printf("{\"service\":%s}", service);
    world_send(world, changes);
}

static void expect_owner(World *world, const char *owner, WhCaller caller, gboolean must_claim,
                         const char *expected)
{
    g_autofree char *sentence = wh_model_owner_sentence(world->model);
    g_assert_cmpstr(wh_model_owner(world->model), ==, owner);
    g_assert_cmpint(wh_model_caller(world->model), ==, caller);
    g_assert_cmpint(wh_model_must_claim(world->model), ==, must_claim);
    g_assert_cmpstr(sentence, ==, expected);
}

static void test_owners(void)
{
    World world;
    begin(&world, SERVICE(UNOWNED), "", "");
    expect_owner(&world, "", WH_CALLER_OBSERVE, TRUE,
                 "Nobody manages Wayhome on this computer yet.");
    send_service(&world, SERVICE(OTHER));
    expect_owner(&world, "alice", WH_CALLER_OBSERVE, FALSE, "Managed by alice.");
    send_service(&world, SERVICE(OWNER));
    expect_owner(&world, "alice", WH_CALLER_OWNER, FALSE, "You manage Wayhome on this computer.");
    g_assert_cmpint(wh_model_unattended(world.model), ==, WH_UNATTENDED_ON);
    /* Root manages what is nobody's without becoming its owner. */
    send_service(&world, SERVICE(",\"caller\":\"manage\""));
    expect_owner(&world, "", WH_CALLER_MANAGE, FALSE,
                 "Nobody manages Wayhome on this computer yet.");
    world_tear_down(&world);
}

/* Services older than these members, and a person's own. */
static void test_without_owner(void)
{
    World world;
    g_autofree char *state = world_state(
        "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS, "", "", "");
    world_set_up(&world, state);
    expect_owner(&world, "", WH_CALLER_MANAGE, FALSE, NULL);
    g_assert_cmpint(wh_model_unattended(world.model), ==, WH_UNATTENDED_NONE);
    send_service(&world, SERVICE(""));
    g_assert_cmpint(wh_model_caller(world.model), ==, WH_CALLER_MANAGE);
    g_assert_false(wh_model_must_claim(world.model));
    world_tear_down(&world);
}

static void expect_account(World *world, WhStatus status, const char *sentence, const char *step,
                           WhRemedy remedy)
{
    WhAccountItem *account = wh_model_find_account(world->model, "a1");
    g_assert_cmpint(wh_account_item_status(account), ==, status);
    g_assert_cmpstr(wh_account_item_sentence(account), ==, sentence);
    g_assert_cmpstr(wh_account_item_next_step(account), ==, step);
    g_assert_cmpint(wh_account_item_remedy(account), ==, remedy);
    WhRecordItem *record = wh_host_item_ipv4(wh_model_find_host(world->model, "h1"));
    g_assert_cmpstr(wh_record_item_next_step(record), ==, step);
    g_assert_cmpint(wh_record_item_remedy(record), ==, remedy);
}

/* Who can end it depends on whose keyring has it, also when that changes alone. */
static void test_away(void)
{
    World world;
    begin(&world, SERVICE(OTHER), ACCOUNT(SECRET("away")), WAITING);
    expect_account(&world, WH_STATUS_ATTENTION,
                   "Waits for its password or token until alice signs in",
                   "Wait for that, or give the password or token", WH_REMEDY_GIVE_SECRET);
    send_service(&world, SERVICE(OWNER));
    expect_account(&world, WH_STATUS_ATTENTION,
                   "Waits for its password or token, which only your keyring keeps",
                   "Sign in and unlock your keyring, or give the password or token",
                   WH_REMEDY_GIVE_SECRET);
    send_service(&world, SERVICE(UNOWNED));
    expect_account(&world, WH_STATUS_ATTENTION,
                   "Its password or token is kept nowhere; give it again",
                   "Give the password or token", WH_REMEDY_GIVE_SECRET);
    world_tear_down(&world);
}

/* What is sealed opens by itself, and has no keyring to unlock. */
static void test_unsealing(void)
{
    World world;
    begin(&world, SERVICE(OWNER), ACCOUNT(SECRET("locked")), WAITING);
    expect_account(&world, WH_STATUS_UPDATING, "Its password or token is being unsealed", NULL,
                   WH_REMEDY_NONE);
    world_tear_down(&world);
}

#define DECLARED ",\"declared\":\"" FILE_OF "\""

static void test_declared(void)
{
    World world;
    begin(&world, SERVICE(OWNER), ACCOUNT(SECRET("missing") DECLARED),
          HOST(DECLARED, "\"state\":\"no_secret\""));
    g_assert_cmpstr(wh_account_item_declared(wh_model_find_account(world.model, "a1")), ==,
                    "Set up by the administrator in " FILE_OF);
    g_assert_cmpstr(wh_host_item_declared(wh_model_find_host(world.model, "h1")), ==,
                    "Set up by the administrator in " FILE_OF);
    expect_account(&world, WH_STATUS_ATTENTION, "Waits for its password or token",
                   "Have the administrator correct it in " FILE_OF, WH_REMEDY_NONE);
    world_send(&world, "{\"accounts\":[" ACCOUNT("\"secrets\":[]" DECLARED) "],\"hosts\":[" HOST(
                           DECLARED, "\"state\":\"halted\",\"result\":{\"class\":\"AUTH\"}") "]}");
    WhRecordItem *record = wh_host_item_ipv4(wh_model_find_host(world.model, "h1"));
    g_assert_cmpstr(wh_record_item_next_step(record), ==,
                    "Have the administrator correct it in " FILE_OF);
    g_assert_cmpint(wh_record_item_remedy(record), ==, WH_REMEDY_RESUME);
    world_send(&world, "{\"accounts\":[" ACCOUNT("\"secrets\":[]") "],\"hosts\":[" HOST(
                           "", "\"state\":\"current\"") "]}");
    g_assert_null(wh_account_item_declared(wh_model_find_account(world.model, "a1")));
    world_send(&world,
               "{\"hosts\":[" HOST(",\"withheld\":\"system\"", "\"state\":\"paused\"") "]}");
    record = wh_host_item_ipv4(wh_model_find_host(world.model, "h1"));
    g_assert_cmpstr(wh_record_item_sentence(record), ==,
                    "Nothing is sent from here: the service of the whole computer keeps this name");
    g_assert_null(wh_record_item_next_step(record));
    g_assert_cmpint(wh_record_item_remedy(record), ==, WH_REMEDY_NONE);
    world_send(&world, "{\"hosts\":[" HOST("", "\"state\":\"paused\"") "]}");
    g_assert_cmpstr(wh_record_item_sentence(record), ==, "Paused");
    g_assert_cmpint(wh_record_item_remedy(record), ==, WH_REMEDY_RESUME);
    g_assert_null(wh_host_item_declared(wh_model_find_host(world.model, "h1")));
    world_tear_down(&world);
}

#define WITH_NOTICE(code, place)                                                                   \
    "{\"version\":\"1\",\"scope\":\"system\",\"started\":1,\"instant\":true,\"paused\":false,"     \
    "\"notices\":[\"" code "\"],\"notice_details\":[\"In the service's words.\"],\"secrets\":{"    \
    "\"kept_in\":\"" place "\",\"keyring\":\"unused\",\"writer\":\"client\",\"file_allowed\":"     \
    "true,\"unattended\":true}" OWNER "}"

static void expect_notice(const char *service, WhStatus status, const char *summary,
                          const char *step)
{
    World world;
    begin(&world, service, ACCOUNT("\"secrets\":[]"), "");
    g_assert_cmpint(wh_model_status(world.model), ==, status);
    g_assert_cmpstr(wh_model_summary(world.model), ==, summary);
    g_assert_cmpstr(wh_model_next_step(world.model), ==, step);
    world_tear_down(&world);
}

static void test_notices(void)
{
    expect_notice(WITH_NOTICE("seal_trouble", "sealed"), WH_STATUS_ATTENTION,
                  "Passwords and tokens cannot be sealed or opened just now",
                  "It is tried again by itself. If it stays like that, restart the computer");
    /* Nothing that anybody has to do about it today. */
    expect_notice(WITH_NOTICE("secrets_in_file", "file"), WH_STATUS_OK, "No name yet",
                  "Add the first name");
    expect_notice(WITH_NOTICE("secrets_in_file", "memory"), WH_STATUS_ATTENTION,
                  "A copy of a password or token could not be deleted",
                  "It is tried again by itself, and when the computer restarts");
    /* There is no keyring to speak of here. */
    expect_notice(WITH_NOTICE("secrets_in_memory", "file"), WH_STATUS_ATTENTION,
                  "In the service's words.", NULL);
    expect_notice(WITH_NOTICE("declared_files", "sealed"), WH_STATUS_ATTENTION,
                  "In the service's words.", NULL);
}

/* Whom the computer's service does not let look has one of their own, perhaps. */
static void test_turned_away(void)
{
    wh_fake_reset();
    g_autofree char *of_computer = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *own = wh_paths_control_address(WH_PATHS_USER);
    StubService *whole = stub_service_new(of_computer);
    StubService *mine = stub_service_new(own);
    g_autofree char *state = world_state(
        "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS, "", "", "");
    stub_service_refuse(whole, "Watch", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    stub_service_answer(mine, "Watch", state);
    WhLink *link = wh_link_new(NULL);
    wh_link_start(link);
    while (wh_link_state(link) == WH_LINK_CONNECTING)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpint(wh_link_state(link), ==, WH_LINK_UP);
    g_assert_cmpstr(wh_link_address(link), ==, own);
    g_assert_cmpuint(stub_service_count(whole, "Watch"), ==, 1);
    g_clear_pointer(&mine, stub_service_free);
    while (wh_link_state(link) != WH_LINK_NOT_PERMITTED)
        g_main_context_iteration(NULL, TRUE);
    g_assert_finalize_object(link);
    stub_service_free(whole);
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model-owner/owners", test_owners);
    g_test_add_func("/model-owner/without-owner", test_without_owner);
    g_test_add_func("/model-owner/away", test_away);
    g_test_add_func("/model-owner/unsealing", test_unsealing);
    g_test_add_func("/model-owner/declared", test_declared);
    g_test_add_func("/model-owner/notices", test_notices);
    g_test_add_func("/model-owner/turned-away", test_turned_away);
    return g_test_run();
}
