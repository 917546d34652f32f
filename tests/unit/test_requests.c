#include "tests/unit/test_requests_world.h"

#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <string.h>

static GHashTable *table(const char *name, const char *text)
{
    GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(texts, (gpointer)name, (gpointer)text);
    return texts;
}

static void test_account(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    g_autoptr(GHashTable) fields = table("user", "me");
    g_autoptr(GHashTable) secrets = table("token", "s3cret");
    const WhAccountRequest whole = {"duckdns", "Home", fields, secrets};
    const WhAccountRequest little = {.label = "Work"};
    wh_requests_add_account(fixture->link, &whole, done, fixture);
    expect_called(fixture, "AddAccount",
                  "{\"fields\":{\"user\":\"me\"},\"interactive\":true,\"label\":\"Home\","
                  "\"provider\":\"duckdns\","
                  "\"secrets\":{\"token\":\"s3cret\"}}");
    wh_requests_edit_account(fixture->link, "a1", &little, done, fixture);
    expect_called(fixture, "EditAccount",
                  "{\"account\":\"a1\",\"interactive\":true,\"label\":\"Work\"}");
    wh_requests_remove_account(fixture->link, "a1", done, fixture);
    expect_called(fixture, "RemoveAccount", "{\"account\":\"a1\",\"interactive\":true}");
    wh_requests_set_secret(fixture->link, "a1", "token", "s3cret", done, fixture);
    expect_called(fixture, "SetSecret",
                  "{\"account\":\"a1\",\"field\":\"token\",\"secret\":\"s3cret\"}");
    wh_requests_test(fixture->link, NULL, &whole, "a.org", done, fixture);
    expect_called(fixture, "Test",
                  "{\"fields\":{\"user\":\"me\"},\"interactive\":true,\"name\":\"a.org\","
                  "\"provider\":\"duckdns\","
                  "\"secrets\":{\"token\":\"s3cret\"}}");
    wh_requests_test(fixture->link, "a1", NULL, "a.org", done, fixture);
    expect_called(fixture, "Test", "{\"account\":\"a1\",\"interactive\":true,\"name\":\"a.org\"}");
}

static void test_host(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    const WhHostRequest both = {.account = "a1", .name = "a.org"};
    const WhHostRequest one = {.wants_set = TRUE, .ipv4 = TRUE, .ipv6 = FALSE};
    wh_requests_add_host(fixture->link, &both, done, fixture);
    expect_called(fixture, "AddHost",
                  "{\"account\":\"a1\",\"interactive\":true,\"name\":\"a.org\"}");
    wh_requests_edit_host(fixture->link, "h1", &one, done, fixture);
    expect_called(fixture, "EditHost",
                  "{\"host\":\"h1\",\"interactive\":true,\"ipv4\":true,\"ipv6\":false}");
    wh_requests_remove_host(fixture->link, "h1", done, fixture);
    expect_called(fixture, "RemoveHost", "{\"host\":\"h1\",\"interactive\":true}");
}

static void test_actions(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    wh_requests_update_now(fixture->link, NULL, done, fixture);
    expect_called(fixture, "UpdateNow", "{\"interactive\":true}");
    wh_requests_update_now(fixture->link, "h1", done, fixture);
    expect_called(fixture, "UpdateNow", "{\"host\":\"h1\",\"interactive\":true}");
    wh_requests_pause(fixture->link, "h1", done, fixture);
    expect_called(fixture, "Pause", "{\"host\":\"h1\",\"interactive\":true}");
    wh_requests_resume(fixture->link, NULL, NULL, done, fixture);
    expect_called(fixture, "Resume", "{\"interactive\":true}");
    wh_requests_resume(fixture->link, NULL, "a1", done, fixture);
    expect_called(fixture, "Resume", "{\"account\":\"a1\",\"interactive\":true}");
    wh_requests_history(fixture->link, "h1", 9, 5, done, fixture);
    expect_called(fixture, "History", "{\"before\":9,\"host\":\"h1\",\"limit\":5}");
    wh_requests_history(fixture->link, NULL, 0, 0, done, fixture);
    expect_called(fixture, "History", "{}");
    wh_requests_list_providers(fixture->link, done, fixture);
    expect_called(fixture, "ListProviders", "{}");
}

static void test_answers(Fixture *fixture, gconstpointer data)
{
    answer_all(fixture);
    const WhAccountRequest account = {.provider = "duckdns"};
    wh_requests_add_account(fixture->link, &account, done, fixture);
    g_autofree char *account_id =
        wh_requests_finish_id(fixture->link, wait_for_answer(fixture), NULL);
    g_assert_cmpstr(account_id, ==, "a1");
    wh_requests_add_host(fixture->link, &(WhHostRequest){.account = "a1"}, done, fixture);
    g_autofree char *host_id = wh_requests_finish_id(fixture->link, wait_for_answer(fixture), NULL);
    g_assert_cmpstr(host_id, ==, "h1");
    g_autofree char *sentence = NULL;
    wh_requests_test(fixture->link, "a1", NULL, "a.org", done, fixture);
    g_autofree char *result_class =
        wh_requests_finish_test(fixture->link, wait_for_answer(fixture), &sentence, NULL);
    g_assert_cmpstr(result_class, ==, "AUTH");
    g_assert_cmpstr(sentence, ==, "The provider refuses the user name, password or token.");
    wh_requests_history(fixture->link, NULL, 0, 0, done, fixture);
    g_autoptr(json_t) events =
        wh_requests_finish_array(fixture->link, wait_for_answer(fixture), NULL);
    g_assert_cmpuint(json_array_size(events), ==, 1);
}

/* An answer that lacks what was asked for is an error, and no crash. */
static void test_empty_answers(Fixture *fixture, gconstpointer data)
{
    stub_service_answer(fixture->stub, "RemoveHost", "{}");
    g_autoptr(GError) error = NULL;
    wh_requests_remove_host(fixture->link, "h1", done, fixture);
    g_assert_null(wh_requests_finish_id(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL);
    g_clear_error(&error);
    wh_requests_remove_host(fixture->link, "h1", done, fixture);
    g_assert_null(wh_requests_finish_array(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL);
    g_clear_error(&error);
    wh_requests_remove_host(fixture->link, "h1", done, fixture);
    g_assert_null(wh_requests_finish_test(fixture->link, wait_for_answer(fixture), NULL, &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL);
}

/* The error of a Pause that is refused like this, for g_error_free(). */
static GError *refusal(Fixture *fixture, const char *error_name, const char *text)
{
    GError *error = NULL;
    stub_service_refuse(fixture->stub, "Pause", error_name, text);
    wh_requests_pause(fixture->link, "h1", done, fixture);
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    return error;
}

static void test_refused(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) invalid = refusal(fixture, WH_CONTROL_ERROR("Invalid"),
                                        "{\"field\":\"token\",\"reason\":\"It is too short.\"}");
    g_assert_error(invalid, WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED);
    g_assert_cmpstr(invalid->message, ==, "It is too short.");
    g_assert_cmpstr(wh_requests_invalid_field(invalid), ==, "token");
    g_autoptr(GError) copy = g_error_copy(invalid);
    g_assert_cmpstr(wh_requests_invalid_field(copy), ==, "token");

    g_autoptr(GError) denied = refusal(fixture, WH_VARLINK_ERROR("PermissionDenied"), "{}");
    g_assert_error(denied, WH_CLIENT_ERROR, WH_CLIENT_ERROR_DENIED);
    g_assert_null(wh_requests_invalid_field(denied));
    g_assert_null(strstr(denied->message, "wayhomectl"));
    g_autoptr(GError) unasked = refusal(fixture, WH_CONTROL_ERROR("InteractionNeeded"), "{}");
    g_assert_error(unasked, WH_CLIENT_ERROR, WH_CLIENT_ERROR_DENIED);
    g_autoptr(GError) owned = refusal(fixture, WH_CONTROL_ERROR("Owned"), "{\"owner\":\"ada\"}");
    g_assert_error(owned, WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED);
    g_assert_true(g_str_has_prefix(owned->message, "ada "));
    g_autoptr(GError) found =
        refusal(fixture, WH_CONTROL_ERROR("NotFound"), "{\"what\":\"host\",\"id\":\"h1\"}");
    g_assert_cmpstr(found->message, ==, "There is no name “h1”.");
    g_autoptr(GError) odd = refusal(fixture, WH_CONTROL_ERROR("Invalid"), "{}");
    g_assert_null(wh_requests_invalid_field(odd));

    g_autoptr(GError) foreign = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "x");
    g_assert_null(wh_requests_invalid_field(foreign));
    g_assert_null(wh_requests_invalid_field(NULL));
}

/* Asked and never answered: the end of the service is the answer. */
static void test_lost(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wh_requests_pause(fixture->link, NULL, done, fixture);
    g_assert_cmpuint(fixture->answers, ==, 0);
    stub_service_free(fixture->stub);
    fixture->stub = stub_service_new("/elsewhere");
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST);
    g_assert_cmpuint(fixture->answers, ==, 1);
}

/* A service that hears and says nothing. */
static void test_silent(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    stub_service_ignore(fixture->stub, "UpdateNow");
    stub_service_answer(fixture->stub, "Pause", "{}");
    wh_link_set_patience_ms(fixture->link, 20);
    wh_requests_update_now(fixture->link, NULL, done, fixture);
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST);
    g_assert_nonnull(strstr(error->message, "does not answer"));
    wh_link_set_patience_ms(fixture->link, 60000);
    wh_requests_pause(fixture->link, NULL, done, fixture);
    g_assert_true(wh_requests_finish(fixture->link, wait_for_answer(fixture), NULL));
    g_assert_cmpuint(fixture->answers, ==, 2);
}

static void test_away(Fixture *fixture, gconstpointer data)
{
    stub_service_free(fixture->stub);
    fixture->stub = stub_service_new("/elsewhere");
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);
    while (wh_link_state(fixture->link) == WH_LINK_UP)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    g_autoptr(GError) error = NULL;
    wh_requests_pause(fixture->link, NULL, done, fixture);
    g_assert_cmpuint(fixture->answers, ==, 0);
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY);
    g_assert_cmpuint(strlen(error->message), >, 0);
}

/* Methods that a service of another version may lack. */
static void test_unknown(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    wh_requests_unlock_keyring(fixture->link, done, fixture);
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED);
    g_clear_error(&error);
    wh_requests_allow_secret_file(fixture->link, TRUE, done, fixture);
    g_assert_false(wh_requests_finish(fixture->link, wait_for_answer(fixture), &error));
    g_assert_error(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_REFUSED);
    g_autofree char *dumped =
        json_dumps(stub_service_called(fixture->stub, "AllowSecretFile"), JSON_COMPACT);
    g_assert_cmpstr(dumped, ==, "{\"allowed\":true,\"interactive\":true}");
}

static void add(const char *name, void (*test)(Fixture *fixture, gconstpointer data))
{
    g_autofree char *path = g_strconcat("/requests/", name, NULL);
    g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add("account", test_account);
    add("host", test_host);
    add("actions", test_actions);
    add("answers", test_answers);
    add("empty-answers", test_empty_answers);
    add("refused", test_refused);
    add("lost", test_lost);
    add("silent", test_silent);
    add("away", test_away);
    add("unknown", test_unknown);
    return g_test_run();
}
