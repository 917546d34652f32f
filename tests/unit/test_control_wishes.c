/* Whose address a host holds and where it is kept, at the door. */
#include "platform/fake/permission_fake.h"
#include "service/protocol/message.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

#define HOME "aa:bb:cc:dd:ee:01/192.168.1.0/24"
#define WORK "aa:bb:cc:dd:ee:02/10.0.0.0/8"

static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};

static const char *text(json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static gboolean flag(json_t *object, const char *member)
{
    return json_is_true(json_object_get(object, member));
}

/* The only host as the caller sees it. */
static json_t *host_seen(World *world, GIOStream *stream)
{
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    json_t *hosts = json_object_get(json_object_get(answer, "state"), "hosts");
    g_assert_cmpuint(json_array_size(hosts), ==, 1);
    return json_incref(json_array_get(hosts, 0));
}

static char *networks_of(json_t *host)
{
    g_autoptr(GString) words = g_string_new(NULL);
    size_t i;
    json_t *network;
    json_array_foreach(json_object_get(host, "networks"), i, network)
    {
        g_string_append_printf(words, "%s%s", i > 0 ? " " : "", json_string_value(network));
    }
    return g_strdup(words->str);
}

static void check_networks(World *world, GIOStream *stream, const char *expected, gboolean here)
{
    g_autoptr(json_t) host = host_seen(world, stream);
    g_autofree char *networks = networks_of(host);
    g_assert_cmpstr(networks, ==, expected);
    g_assert_cmpint(flag(host, "here"), ==, here);
    g_assert_cmpint(json_object_get(host, "here") != NULL, ==, *expected != '\0');
}

/* Adds the host with `members`, such as ",\"lan\":true". */
static char *add(World *world, GIOStream *stream, const char *members)
{
    g_autofree char *account = world_add_account(world, stream);
    g_autofree char *parameters =
        g_strdup_printf("{\"account\":\"%s\",\"name\":\"a.duckdns.org\"%s}", account, members);
    g_autoptr(json_t) answer = world_call(world, stream, "AddHost", parameters);
    return g_strdup(text(answer, "host"));
}

static void edit(World *world, GIOStream *stream, const char *host, const char *members)
{
    g_autofree char *parameters = g_strdup_printf("{\"host\":\"%s\"%s}", host, members);
    json_decref(world_call(world, stream, "EditHost", parameters));
}

static void test_device(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *id = add(world, stream, ",\"suffix\":\"2a02:1::5:6:7:8\"");
    g_autoptr(json_t) first = host_seen(world, stream);
    g_assert_cmpstr(text(first, "device"), ==, "suffix");
    g_assert_cmpstr(text(first, "suffix"), ==, "::5:6:7:8");
    g_assert_null(json_object_get(first, "mac"));
    g_assert_null(json_object_get(first, "networks"));
    edit(world, stream, id, ",\"mac\":\"AA-BB-CC-DD-EE-02\",\"withhold_unreachable\":true");
    g_autoptr(json_t) second = host_seen(world, stream);
    g_assert_cmpstr(text(second, "device"), ==, "mac");
    g_assert_cmpstr(text(second, "mac"), ==, "aa:bb:cc:dd:ee:02");
    g_assert_null(json_object_get(second, "suffix"));
    g_assert_true(flag(second, "withhold_unreachable") && !flag(second, "lan"));
    edit(world, stream, id, ",\"ttl\":60");
    g_autoptr(json_t) third = host_seen(world, stream);
    g_assert_cmpstr(text(third, "device"), ==, "mac");
    g_assert_true(flag(third, "withhold_unreachable"));
    edit(world, stream, id, ",\"mac\":\"\",\"lan\":true,\"withhold_unreachable\":false");
    g_autoptr(json_t) last = host_seen(world, stream);
    g_assert_null(json_object_get(last, "device"));
    g_assert_true(flag(last, "lan") && !flag(last, "withhold_unreachable"));
}

static void test_networks(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world->network = HOME;
    g_autofree char *id = add(world, stream, ",\"only_here\":true");
    check_networks(world, stream, HOME, TRUE);
    world->network = WORK;
    check_networks(world, stream, HOME, FALSE);
    edit(world, stream, id, ",\"only_here\":true");
    check_networks(world, stream, HOME " " WORK, TRUE);
    edit(world, stream, id, ",\"only_here\":true");
    check_networks(world, stream, HOME " " WORK, TRUE);
    edit(world, stream, id, ",\"ttl\":60");
    check_networks(world, stream, HOME " " WORK, TRUE);
    edit(world, stream, id, ",\"networks\":[\"AA-BB-CC-DD-EE-01/192.168.1.9/24\"]");
    check_networks(world, stream, HOME, FALSE);
    edit(world, stream, id, ",\"networks\":[],\"only_here\":true");
    check_networks(world, stream, WORK, TRUE);
    world->network = NULL;
    check_networks(world, stream, WORK, FALSE);
    edit(world, stream, id, ",\"only_here\":false");
    check_networks(world, stream, "", FALSE);
}

static void test_network_unknown(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *id = add(world, stream, ",\"networks\":[\"" HOME "\"]");
    g_autofree char *parameters = g_strdup_printf("{\"host\":\"%s\",\"only_here\":true}", id);
    json_decref(world_refused(world, stream, "EditHost", parameters, "NotPossible"));
    check_networks(world, stream, HOME, FALSE);
}

static void test_service_names_the_network(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world->network = HOME;
    g_autoptr(json_t) answer = world_call(world, stream, "Status", "{}");
    json_t *service = json_object_get(json_object_get(answer, "state"), "service");
    g_assert_cmpstr(text(service, "network"), ==, HOME);
}

static void test_why(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_set_address(world, "203.0.114.9");
    g_autofree char *id = add(world, stream, ",\"networks\":[\"" HOME "\"]");
    world_settle(world);
    g_assert_cmpuint(world->sent, ==, 0);
    g_autoptr(json_t) host = host_seen(world, stream);
    json_t *record = json_array_get(json_object_get(host, "records"), 0);
    g_assert_cmpstr(text(record, "state"), ==, "no_address");
    g_assert_cmpstr(text(record, "why"), ==, "elsewhere");
    edit(world, stream, id, ",\"only_here\":false");
    world_settle(world);
    g_assert_cmpuint(world->sent, ==, 1);
    g_autoptr(json_t) after = host_seen(world, stream);
    g_assert_null(json_object_get(json_array_get(json_object_get(after, "records"), 0), "why"));
}

static void test_wrong(void)
{
    static const struct {
        const char *members;
        const char *field;
    } rows[] = {
        {",\"suffix\":\"1:2:3:4\"", "suffix"},
        {",\"suffix\":\"192.168.1.2\"", "suffix"},
        {",\"mac\":\"aa:bb\"", "mac"},
        {",\"suffix\":\"::1\",\"mac\":\"aa:bb:cc:dd:ee:02\"", "mac"},
        {",\"suffix\":\"::1\",\"lan\":true", "lan"},
        {",\"networks\":[\"home\"]", "networks"},
    };
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    g_autofree char *id = add(world, stream, "");
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *parameters = g_strdup_printf("{\"host\":\"%s\"%s}", id, rows[i].members);
        g_autoptr(json_t) refused = world_refused(world, stream, "EditHost", parameters, "Invalid");
        g_assert_cmpstr(text(refused, "field"), ==, rows[i].field);
    }
}

/* Who may only look learns that the name is another machine's, and nothing of that machine. */
static void test_observer(void)
{
    g_autoptr(World) world = world_new_for_all(alice.principal);
    wh_fake_permission_set_session(bob.principal, TRUE);
    world->network = HOME;
    g_autoptr(GIOStream) hers = world_connect_as(world, &alice);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    g_free(add(world, hers,
               ",\"mac\":\"aa:bb:cc:dd:ee:03\",\"only_here\":true,\"withhold_unreachable\":true"));
    g_autoptr(json_t) seen = host_seen(world, his);
    g_autoptr(json_t) whole = world_call(world, his, "Status", "{}");
    g_autofree char *words = json_dumps(whole, JSON_COMPACT);
    g_assert_cmpstr(text(seen, "device"), ==, "mac");
    g_assert_true(flag(seen, "withhold_unreachable"));
    g_assert_null(strstr(words, "aa:bb:cc"));
    g_assert_null(json_object_get(seen, "here"));
    g_assert_null(json_object_get(seen, "networks"));
    g_autoptr(json_t) to_her = host_seen(world, hers);
    g_assert_cmpstr(text(to_her, "mac"), ==, "aa:bb:cc:dd:ee:03");
    g_assert_true(flag(to_her, "here"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-wishes/device", test_device);
    g_test_add_func("/control-wishes/networks", test_networks);
    g_test_add_func("/control-wishes/network-unknown", test_network_unknown);
    g_test_add_func("/control-wishes/service", test_service_names_the_network);
    g_test_add_func("/control-wishes/why", test_why);
    g_test_add_func("/control-wishes/wrong", test_wrong);
    g_test_add_func("/control-wishes/observer", test_observer);
    return g_test_run();
}
