#include "platform/paths.h"
#include "service/protocol/names.h"
#include "tests/unit/test_requests_world.h"

#include <string.h>

static void test_service(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    wh_requests_claim(fixture->link, done, fixture);
    expect_called(fixture, "Claim", "{\"interactive\":true}");
    wh_requests_reload(fixture->link, done, fixture);
    expect_called(fixture, "Reload", "{\"interactive\":true}");
    wh_requests_keep_unattended(fixture->link, FALSE, done, fixture);
    expect_called(fixture, "KeepUnattended", "{\"enabled\":false,\"interactive\":true}");
    wh_requests_allow_secret_file(fixture->link, TRUE, done, fixture);
    expect_called(fixture, "AllowSecretFile", "{\"allowed\":true,\"interactive\":true}");
}

/* The link watches another service from now on, of which this is the first message. */
static void turn_to(Fixture *fixture, const char *state)
{
    g_clear_object(&fixture->link);
    stub_service_answer(fixture->stub, "Watch", state);
    fixture->link = wh_link_new("/here");
    wh_link_start(fixture->link);
    wait_until_up(fixture);
}

/* Only what sets the service up makes somebody its owner, and once. */
static void test_claims_first(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    turn_to(fixture, STATE_OF(UNOWNED));
    wh_requests_pause(fixture->link, NULL, done, fixture);
    expect_called(fixture, "Pause", "{\"interactive\":true}");
    g_assert_cmpuint(stub_service_count(fixture->stub, "Claim"), ==, 0);
    const WhAccountRequest account = {.provider = "duckdns"};
    wh_requests_add_account(fixture->link, &account, done, fixture);
    g_autofree char *id = wh_requests_finish_id(fixture->link, wait_for_answer(fixture), NULL);
    g_assert_cmpstr(id, ==, "a1");
    g_assert_cmpuint(stub_service_count(fixture->stub, "Claim"), ==, 1);
    g_assert_cmpint(wh_link_caller(fixture->link), ==, WH_CALLER_OWNER);
    wh_requests_add_host(fixture->link, &(WhHostRequest){.account = "a1"}, done, fixture);
    g_assert_true(wh_requests_finish(fixture->link, wait_for_answer(fixture), NULL));
    g_assert_cmpuint(stub_service_count(fixture->stub, "Claim"), ==, 1);
}

static void test_claim_refused(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    answer_all(fixture);
    turn_to(fixture, STATE_OF(UNOWNED));
    stub_service_refuse(fixture->stub, "Claim", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    const WhAccountRequest account = {.provider = "duckdns"};
    wh_requests_add_account(fixture->link, &account, done, fixture);
    g_assert_null(wh_requests_finish_id(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_DENIED);
    g_assert_nonnull(strstr(error->message, "set Wayhome up"));
    g_assert_cmpuint(stub_service_count(fixture->stub, "AddAccount"), ==, 0);
    g_assert_true(wh_link_must_claim(fixture->link));
}

static gboolean answer_pause(gpointer data)
{
    stub_service_send(data, "{\"parameters\":{}}");
    return G_SOURCE_REMOVE;
}

/* Somebody has to find their password first: only who may manage is not waited for so long. */
static void test_waits_for_password(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    stub_service_ignore(fixture->stub, "Pause");
    turn_to(fixture, STATE_OF(OBSERVE));
    wh_link_set_patience_ms(fixture->link, 20);
    wh_requests_pause(fixture->link, NULL, done, fixture);
    g_timeout_add(60, answer_pause, fixture->stub);
    g_assert_true(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_no_error(error);
}

/* What may be done changes while the link stands. */
static void test_caller(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(wh_link_caller(fixture->link), ==, WH_CALLER_MANAGE);
    turn_to(fixture, STATE_OF(UNOWNED));
    g_assert_cmpint(wh_link_caller(fixture->link), ==, WH_CALLER_OBSERVE);
    g_assert_true(wh_link_must_claim(fixture->link));
    stub_service_send(fixture->stub, "{\"continues\":true,\"parameters\":{" OBSERVE "}}");
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (wh_link_must_claim(fixture->link))
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    g_assert_cmpint(wh_link_caller(fixture->link), ==, WH_CALLER_OBSERVE);
}

/* Who may not look at the service of the computer uses their own. */
static void test_own_instead(Fixture *fixture, gconstpointer data)
{
    g_autofree char *user = wh_paths_control_address(WH_PATHS_USER);
    g_autofree char *system = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autoptr(StubService) whole = stub_service_new(system);
    g_autoptr(StubService) own = stub_service_new(user);
    stub_service_refuse(whole, "Watch", WH_VARLINK_ERROR("PermissionDenied"), "{}");
    stub_service_answer(own, "Watch", STATE);
    stub_service_answer(own, "Pause", "{}");
    g_clear_object(&fixture->link);
    fixture->link = wh_link_new(NULL);
    wh_link_start(fixture->link);
    wait_until_up(fixture);
    g_assert_cmpstr(wh_link_address(fixture->link), ==, user);
    wh_requests_pause(fixture->link, NULL, done, fixture);
    g_assert_true(wh_requests_finish(fixture->link, wait_for_answer(fixture), NULL));
    g_assert_cmpuint(stub_service_count(own, "Pause"), ==, 1);
    g_clear_object(&fixture->result);
    while (g_main_context_iteration(NULL, FALSE))
        ;
    g_clear_object(&fixture->link);
    fixture->link = wh_link_new("/here");
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/requests-claim/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("service", test_service);
    add("claims-first", test_claims_first);
    add("claim-refused", test_claim_refused);
    add("waits-for-password", test_waits_for_password);
    add("caller", test_caller);
    add("own-instead", test_own_instead);
    return g_test_run();
}
