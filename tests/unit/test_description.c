#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <string.h>

static void input(const char *method, const char *text, const char *wrong)
{
    g_autoptr(json_t) parameters = json_loads(text, 0, NULL);
    g_assert_nonnull(parameters);
    g_autofree char *member = NULL;
    gboolean fits = wh_description_check_input(WH_CONTROL_INTERFACE, method, parameters, &member);
    g_assert_cmpstr(member, ==, wrong);
    g_assert_true(fits == (wrong == NULL));
}

static void output(const char *method, const char *text, const char *wrong)
{
    g_autoptr(json_t) parameters = json_loads(text, 0, NULL);
    g_assert_nonnull(parameters);
    g_autofree char *member = NULL;
    gboolean fits = wh_description_check_output(WH_CONTROL_INTERFACE, method, parameters, &member);
    g_assert_cmpstr(member, ==, wrong);
    g_assert_true(fits == (wrong == NULL));
}

static void test_texts(void)
{
    g_autofree char *file = NULL;
    g_assert_true(g_file_get_contents(
        WH_SOURCE_DIR "/service/protocol/" WH_CONTROL_INTERFACE ".varlink", &file, NULL, NULL));
    g_assert_cmpstr(wh_description_text(WH_CONTROL_INTERFACE), ==, file);
    g_assert_nonnull(strstr(wh_description_text(WH_VARLINK_SERVICE_INTERFACE), "GetInfo"));
    g_assert_null(wh_description_text("org.example.other"));
}

static void test_methods(void)
{
    g_auto(GStrv) methods = wh_description_methods(WH_CONTROL_INTERFACE);
    g_assert_cmpstr(methods[0], ==, "Status");
    g_assert_true(g_strv_contains((const char *const *)methods, "History"));
    g_auto(GStrv) service = wh_description_methods(WH_VARLINK_SERVICE_INTERFACE);
    g_assert_cmpuint(g_strv_length(service), ==, 2);
    g_auto(GStrv) errors = wh_description_errors(WH_CONTROL_INTERFACE);
    g_assert_true(g_strv_contains((const char *const *)errors, "TooSoon"));
    g_auto(GStrv) none = wh_description_methods("org.example.other");
    g_assert_cmpuint(g_strv_length(none), ==, 0);
}

static void test_input(void)
{
    input("AddHost", "{\"account\":\"a\",\"name\":\"n\"}", NULL);
    input("AddHost", "{\"account\":\"a\",\"name\":\"n\",\"unknown\":1,\"ttl\":null}", NULL);
    input("AddHost", "{\"name\":\"n\"}", "account");
    input("AddHost", "{\"account\":\"a\"}", "name");
    input("AddHost", "{\"account\":null,\"name\":\"n\"}", "account");
    input("AddHost", "{\"account\":\"a\",\"name\":\"n\",\"ttl\":1.5}", "ttl");
    input("AddHost", "{\"account\":\"a\",\"name\":\"n\",\"ipv4\":\"yes\"}", "ipv4");
    input("AddAccount", "{\"provider\":\"p\",\"fields\":{\"server\":\"s\"}}", NULL);
    input("AddAccount", "{\"provider\":\"p\",\"fields\":[]}", "fields");
    input("AddAccount", "{\"provider\":\"p\",\"secrets\":{\"token\":1}}", "secrets");
    input("NoSuchMethod", "{}", "");
}

static void test_output(void)
{
    output("RemoveHost", "{}", NULL);
    output("RemoveHost", "{\"more\":1}", ".more");
    output("Test", "{\"result\":{\"class\":\"SAME\"}}", NULL);
    output("Test", "{\"result\":{\"class\":\"SAME\",\"detail\":null}}", NULL);
    output("Test", "{\"result\":{\"class\":\"same\"}}", "result.class");
    output("Test", "{\"result\":{\"class\":\"SAME\",\"secret\":\"s\"}}", "result.secret");
    output("History", "{\"events\":[{\"id\":1,\"at\":2,\"kind\":\"sent\"},{\"id\":\"2\"}]}",
           "events[1].id");
    output("Watch", "{}", NULL);
    output("Watch", "{\"removed_hosts\":[\"a\",null]}", "removed_hosts[1]");
}

/* What a service of an earlier day does not tell yet. */
static void test_older(void)
{
    output("Status",
           "{\"state\":{\"service\":{\"version\":\"0\",\"scope\":\"user\","
           "\"started\":1,\"paused\":false,\"instant\":true,\"notices\":[],"
           "\"notice_details\":[]},\"verdicts\":[],\"accounts\":[],"
           "\"hosts\":[]}}",
           NULL);
}

static void test_error(void)
{
    g_autofree char *member = NULL;
    g_autoptr(json_t) good = json_pack("{s:s,s:s}", "what", "host", "id", "x");
    g_assert_true(wh_description_check_error(WH_CONTROL_INTERFACE, "NotFound", good, &member));
    g_assert_false(wh_description_check_error(WH_CONTROL_INTERFACE, "Exists", good, &member));
    g_assert_cmpstr(member, ==, "name");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/description/texts", test_texts);
    g_test_add_func("/description/methods", test_methods);
    g_test_add_func("/description/input", test_input);
    g_test_add_func("/description/output", test_output);
    g_test_add_func("/description/older", test_older);
    g_test_add_func("/description/error", test_error);
    return g_test_run();
}
