#include "platform/fake/permission_fake.h"
#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"
#include "tests/unit/test_control_world.h"

#include <string.h>

static const WhPeer alice = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};
static const WhPeer bob = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1001"};

#define DIAGNOSE "{\"method\":\"org.wayhome.Control.Diagnose\"}"

static void free_finding(gpointer data)
{
    wh_finding_free(data);
}

/* One finding, with all that one can have. */
static GPtrArray *one_finding(void)
{
    GPtrArray *findings = g_ptr_array_new_with_free_func(free_finding);
    WhFinding *finding = wh_finding_new(WH_FINDING_CGNAT, WH_FINDING_WARNING);
    wh_finding_set_family(finding, WH_FAMILY_IPV4);
    wh_finding_set(finding, "address", "100.64.0.1");
    finding->host = g_strdup("7");
    g_ptr_array_add(findings, finding);
    return findings;
}

static void check(json_t *findings)
{
    g_assert_cmpuint(json_array_size(findings), ==, 1);
    json_t *finding = json_array_get(findings, 0);
    const char *code, *weight, *family, *host, *address, *sentence, *step;
    g_assert_cmpint(json_unpack(finding, "{s:s, s:s, s:s, s:s, s:{s:s}, s:s, s:s}", "code", &code,
                                "weight", &weight, "family", &family, "host", &host, "values",
                                "address", &address, "sentence", &sentence, "step", &step),
                    ==, 0);
    g_assert_cmpstr(code, ==, "cgnat");
    g_assert_cmpstr(weight, ==, "warning");
    g_assert_cmpstr(family, ==, "ipv4");
    g_assert_cmpstr(host, ==, "7");
    g_assert_cmpstr(address, ==, "100.64.0.1");
    g_assert_nonnull(strstr(sentence, "100.64.0.1"));
    g_assert_cmpuint(strlen(step), >, 10);
}

/* The answer to the Diagnose that was sent, once the doctor is done. */
static json_t *finish(World *world, GIOStream *stream)
{
    while (world->diagnosed == NULL)
        g_main_context_iteration(NULL, TRUE);
    WhControlDiagnosed done = world->diagnosed;
    world->diagnosed = NULL;
    done(world->diagnosed_data);
    g_autoptr(json_t) reply = world_receive(world, stream);
    json_t *answer = json_object_get(reply, "parameters");
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, "Diagnose", answer, &member))
        g_error("“%s” is not what the interface file says", member);
    return json_incref(answer);
}

static void test_diagnose(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, DIAGNOSE);
    g_autoptr(json_t) nothing = finish(world, stream);
    g_assert_cmpuint(json_array_size(json_object_get(nothing, "findings")), ==, 0);
    world->findings = one_finding();
    world_send(world, stream, DIAGNOSE);
    g_autoptr(json_t) answer = finish(world, stream);
    check(json_object_get(answer, "findings"));
    g_ptr_array_unref(g_steal_pointer(&world->findings));
}

/* Whoever asked may be gone by then. */
static void test_gone(void)
{
    g_autoptr(World) world = world_new();
    GIOStream *stream = world_connect(world);
    world_send(world, stream, DIAGNOSE);
    while (world->diagnosed == NULL)
        g_main_context_iteration(NULL, TRUE);
    g_object_unref(stream);
    world_settle(world);
    world->diagnosed(world->diagnosed_data);
}

static void test_service_ends(void)
{
    World *world = world_new();
    g_autoptr(GIOStream) stream = world_connect(world);
    world_send(world, stream, DIAGNOSE);
    while (world->diagnosed == NULL)
        g_main_context_iteration(NULL, TRUE);
    WhControlDiagnosed done = world->diagnosed;
    gpointer data = world->diagnosed_data;
    world_free(world);
    done(data);
}

/* Findings hold no more than observers may see; to have everything asked again is not theirs. */
static void test_observer(void)
{
    g_autoptr(World) world = world_new_for_all(alice.principal);
    wh_fake_permission_set_session(bob.principal, TRUE);
    g_autoptr(GIOStream) his = world_connect_as(world, &bob);
    world->findings = one_finding();
    g_autoptr(json_t) answer = world_call(world, his, "Status", "{}");
    check(json_object_get(json_object_get(answer, "state"), "findings"));
    json_decref(world_refused(world, his, "Diagnose", "{}", "PermissionDenied"));
    g_ptr_array_unref(g_steal_pointer(&world->findings));
}

static json_t *told(World *world, GIOStream *watcher)
{
    g_autoptr(json_t) reply = world_receive(world, watcher);
    json_t *changes = json_object_get(reply, "parameters");
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, "Watch", changes, &member))
        g_error("“%s” is not what the interface file says", member);
    return json_incref(changes);
}

/* That nothing is wrong any more is news as well. */
static void test_watch(void)
{
    g_autoptr(World) world = world_new();
    g_autoptr(GIOStream) watcher = world_connect(world);
    world_send(world, watcher, "{\"method\":\"org.wayhome.Control.Watch\",\"more\":true}");
    json_decref(told(world, watcher));
    world->findings = one_finding();
    wh_control_findings_changed(world->control);
    g_autoptr(json_t) news = told(world, watcher);
    check(json_object_get(news, "findings"));
    g_assert_cmpuint(json_object_size(news), ==, 1);
    g_ptr_array_unref(g_steal_pointer(&world->findings));
    wh_control_findings_changed(world->control);
    g_autoptr(json_t) over = told(world, watcher);
    g_assert_true(json_is_array(json_object_get(over, "findings")));
    g_assert_cmpuint(json_array_size(json_object_get(over, "findings")), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control/doctor/diagnose", test_diagnose);
    g_test_add_func("/control/doctor/gone", test_gone);
    g_test_add_func("/control/doctor/service-ends", test_service_ends);
    g_test_add_func("/control/doctor/observer", test_observer);
    g_test_add_func("/control/doctor/watch", test_watch);
    return g_test_run();
}
