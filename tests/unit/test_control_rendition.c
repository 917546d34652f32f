#include "platform/fake/permission_fake.h"
#include "service/control/rendition.h"
#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

/* Stands in every text that an observer may not see. */
#define HUSH "HUSH"
#define WATCH "{\"method\":\"org.wayhome.Control.Watch\",\"more\":true}"

static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};

static gboolean holds_hush(json_t *answer)
{
    g_autofree char *text = json_dumps(answer, JSON_COMPACT);
    return strstr(text, HUSH) != NULL;
}

/* Alice's service, with an account that is halted over the server's words. */
static World *halted_world(void)
{
    World *world = world_new_for_all(alice.principal);
    wh_fake_permission_set_session(bob.principal, TRUE);
    g_autoptr(GIOStream) stream = world_connect_as(world, &alice);
    world_set_address(world, "203.0.114.9");
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *edit = g_strdup_printf("{\"account\":\"%s\",\"label\":\"" HUSH "\"}", account);
    json_decref(world_call(world, stream, "EditAccount", edit));
    g_free(world_add_host(world, stream, account, "a.duckdns.org"));
    world_settle(world);
    world_answer(world, WH_RESULT_AUTH, "KO " HUSH);
    return world;
}

static void check_methods(const char *method, const char *shown)
{
    g_autoptr(World) world = halted_world();
    g_autoptr(GIOStream) hers = world_connect_as(world, &alice);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    g_autoptr(json_t) to_her = world_call(world, hers, method, "{}");
    g_autoptr(json_t) to_him = world_call(world, his, method, "{}");
    g_assert_true(holds_hush(to_her));
    g_assert_false(holds_hush(to_him));
    g_autofree char *text = json_dumps(to_him, JSON_COMPACT);
    g_assert_nonnull(strstr(text, shown));
    g_assert_nonnull(strstr(text, "a.duckdns.org"));
    g_assert_nonnull(strstr(text, "\"class\":\"AUTH\""));
}

static void test_status(void)
{
    check_methods("Status", "203.0.114.9");
}

static void test_history(void)
{
    check_methods("History", "\"kind\":\"halted\"");
}

/* The next that a watcher is told, checked against the interface file. */
static json_t *told(World *world, GIOStream *watcher)
{
    g_autoptr(json_t) reply = world_receive(world, watcher);
    json_t *changes = json_object_get(reply, "parameters");
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, "Watch", changes, &member))
        g_error("“%s” is not what the interface file says", member);
    return json_incref(changes);
}

static GIOStream *watch(World *world, const WhPeer *peer, gboolean hush)
{
    GIOStream *watcher = world_connect_as(world, peer);
    world_send(world, watcher, WATCH);
    g_autoptr(json_t) first = told(world, watcher);
    g_assert_true(holds_hush(first) == hush);
    return watcher;
}

/* Each of the watchers is shown what is theirs of the same news. */
static void test_watch(void)
{
    g_autoptr(World) world = halted_world();
    g_autoptr(GIOStream) hers = watch(world, &alice, TRUE);
    g_autoptr(GIOStream) his = watch(world, &bob, FALSE);
    const WhAccount *account = wh_accounts_list(world->accounts)->pdata[0];
    g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_ANSWERED, 5);
    event->has_result = TRUE;
    event->detail = g_strdup(HUSH);
    wh_control_event(world->control, event);
    wh_control_host_changed(world->control, account->id, NULL);
    wh_control_service_changed(world->control);
    g_autoptr(json_t) to_her = told(world, hers);
    g_autoptr(json_t) to_him = told(world, his);
    g_assert_true(holds_hush(to_her));
    g_assert_false(holds_hush(to_him));
    g_assert_cmpuint(json_object_size(to_her), ==, json_object_size(to_him));
    json_t *service = json_object_get(to_him, "service");
    g_assert_cmpstr(json_string_value(json_object_get(service, "caller")), ==, "observe");
    service = json_object_get(to_her, "service");
    g_assert_cmpstr(json_string_value(json_object_get(service, "caller")), ==, "owner");
}

/* A full answer in which every text that observers may not see is HUSH, and members are there that
 * nobody has thought of yet. */
static const char everything[] =
    "{\"state\":{\"service\":{\"version\":\"1\",\"scope\":\"system\",\"started\":1,"
    "\"paused\":false,\"instant\":true,\"notices\":[\"provider_files\"],"
    "\"notice_details\":[\"" HUSH "\"],\"secrets\":{\"kept_in\":\"sealed\",\"keyring\":\"unused\","
    "\"writer\":\"client\",\"file_allowed\":true},\"owner\":\"alice\",\"new\":\"" HUSH "\"},"
    "\"verdicts\":[{\"family\":\"ipv4\",\"address\":\"203.0.114.9\",\"reason\":\"two_agree\","
    "\"sources\":[{\"name\":\"a\",\"organisation\":\"b\",\"failure\":\"" HUSH "\"}]}],"
    "\"accounts\":[{\"id\":\"1\",\"provider\":\"p\",\"label\":\"" HUSH "\","
    "\"fields\":{\"login\":\"" HUSH "\",\"zone\":\"" HUSH "\"},"
    "\"secrets\":[{\"field\":\"token\",\"state\":\"present\"}],\"halted\":true,"
    "\"result\":{\"class\":\"AUTH\",\"detail\":\"" HUSH "\"},\"scope\":\"account\","
    "\"declared\":\"/etc/wayhome/hosts.d/a.conf\"}],"
    "\"hosts\":[{\"id\":\"2\",\"name\":\"a.b\",\"account\":\"1\",\"paused\":false,\"ttl\":60,"
    "\"declared\":\"/etc/wayhome/hosts.d/a.conf\","
    "\"withheld\":\"system\",\"records\":[{\"family\":\"ipv4\",\"state\":\"halted\","
    "\"desired\":\"203.0.114.9\",\"result\":{\"class\":\"AUTH\",\"detail\":\"" HUSH "\"},"
    "\"proof\":{\"status\":\"none\",\"zone\":\"" HUSH "\",\"witnesses\":[]}}]}]},"
    "\"events\":[{\"id\":1,\"at\":2,\"kind\":\"waiting\",\"host\":\"2\",\"name\":\"a.b\","
    "\"detail\":\"" HUSH "\",\"result\":{\"class\":\"RATE\",\"detail\":\"" HUSH "\"}}],"
    "\"new\":[\"" HUSH "\"]}";

static void test_everything(void)
{
    g_autoptr(json_t) answer = json_loads(everything, 0, NULL);
    g_assert_nonnull(answer);
    g_autoptr(json_t) before = json_deep_copy(answer);
    g_autoptr(json_t) observed = wh_rendition_make(answer, WH_RENDITION_OBSERVER);
    g_autoptr(json_t) managed = wh_rendition_make(answer, WH_RENDITION_MANAGER);
    g_assert_false(holds_hush(observed));
    g_assert_true(json_equal(answer, before));
    json_t *state = json_object_get(observed, "state");
    json_t *account = json_array_get(json_object_get(state, "accounts"), 0);
    g_assert_cmpuint(json_object_size(json_object_get(account, "fields")), ==, 0);
    g_assert_cmpuint(json_array_size(json_object_get(account, "secrets")), ==, 1);
    json_t *host = json_array_get(json_object_get(state, "hosts"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(host, "withheld")), ==, "system");
    g_assert_nonnull(json_object_get(host, "declared"));
    g_assert_nonnull(json_object_get(account, "declared"));
    json_t *details = json_object_get(json_object_get(state, "service"), "notice_details");
    g_assert_cmpuint(json_array_size(details), ==, 1);

    json_t *service = json_object_get(json_object_get(managed, "state"), "service");
    g_assert_cmpstr(json_string_value(json_object_get(service, "caller")), ==, "manage");
    json_object_del(service, "caller");
    g_assert_true(json_equal(managed, before));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-rendition/status", test_status);
    g_test_add_func("/control-rendition/history", test_history);
    g_test_add_func("/control-rendition/watch", test_watch);
    g_test_add_func("/control-rendition/everything", test_everything);
    return g_test_run();
}
