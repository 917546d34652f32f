#include "tests/unit/test_requests_world.h"

#include "platform/fake/fake.h"
#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come");
    return G_SOURCE_REMOVE;
}

void wait_until_up(Fixture *fixture)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (wh_link_state(fixture->link) != WH_LINK_UP)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
}

void set_up(Fixture *fixture, gconstpointer data)
{
    wh_fake_reset();
    fixture->stub = stub_service_new("/here");
    stub_service_answer(fixture->stub, "Watch", STATE);
    fixture->link = wh_link_new("/here");
    wh_link_start(fixture->link);
    wait_until_up(fixture);
}

void tear_down(Fixture *fixture, gconstpointer data)
{
    g_clear_object(&fixture->result);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_assert_finalize_object(g_steal_pointer(&fixture->link));
    stub_service_free(fixture->stub);
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

void done(GObject *source, GAsyncResult *result, gpointer data)
{
    Fixture *fixture = data;
    g_assert_true(WH_IS_LINK(source));
    g_set_object(&fixture->result, result);
    fixture->answers++;
}

GAsyncResult *wait_for_answer(Fixture *fixture)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    guint before = fixture->answers;
    while (fixture->answers == before)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    return fixture->result;
}

void expect_called(Fixture *fixture, const char *method, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_no_error(error);
    json_t *called = stub_service_called(fixture->stub, method);
    g_autofree char *dumped = json_dumps(called, JSON_SORT_KEYS | JSON_COMPACT);
    g_assert_cmpstr(dumped, ==, text);
    g_autofree char *member = NULL;
    if (!wh_description_check_input(WH_CONTROL_INTERFACE, method, called, &member))
        g_error("%s takes no such thing: %s", method, member);
}

void answer_all(Fixture *fixture)
{
    static const char *const methods[] = {"EditAccount", "RemoveAccount",  "SetSecret",
                                          "EditHost",    "RemoveHost",     "UpdateNow",
                                          "Pause",       "Resume",         "Claim",
                                          "Reload",      "KeepUnattended", "AllowSecretFile"};
    for (guint i = 0; i < G_N_ELEMENTS(methods); i++)
        stub_service_answer(fixture->stub, methods[i], "{}");
    stub_service_answer(fixture->stub, "AddAccount", "{\"account\":\"a1\"}");
    stub_service_answer(fixture->stub, "AddHost", "{\"host\":\"h1\"}");
    stub_service_answer(fixture->stub, "Test", "{\"result\":{\"class\":\"AUTH\"}}");
    stub_service_answer(fixture->stub, "ListProviders", "{\"providers\":[]}");
    stub_service_answer(fixture->stub, "History",
                        "{\"events\":[{\"id\":7,\"at\":1,\"kind\":\"sent\"}]}");
}
