#include "app/client/caller.h"
#include "app/client/sentences.h"
#include "app/client/status.h"
#include "platform/fake/fake.h"
#include "service/protocol/message.h"

#include <string.h>

#define OF_COMPUTER(more) "{\"scope\":\"system\",\"secrets\":{\"keyring\":\"unused\"}" more "}"
#define OWNER OF_COMPUTER(",\"owner\":\"ada\",\"caller\":\"owner\"")
#define OBSERVER OF_COMPUTER(",\"owner\":\"ada\",\"caller\":\"observe\"")
#define ROOT OF_COMPUTER(",\"caller\":\"manage\"")
#define UNOWNED OF_COMPUTER(",\"caller\":\"observe\"")
#define OLD OF_COMPUTER("")

static json_t *parse(const char *text)
{
    json_error_t where;
    json_t *object = json_loads(text, 0, &where);
    if (object == NULL)
        g_error("%s: %s", text, where.text);
    return object;
}

static void expect(char *(*tell)(json_t *object), const char *text, const char *sentence)
{
    g_autoptr(json_t) object = parse(text);
    g_autofree char *told = tell(object);
    g_assert_cmpstr(told, ==, sentence);
}

static void expect_caller(const char *text, WhCaller caller, gboolean must_claim)
{
    g_autoptr(json_t) service = parse(text);
    g_assert_cmpint(wh_caller_of(service), ==, caller);
    g_assert_cmpint(wh_caller_must_claim(service), ==, must_claim);
}

static void test_caller(void)
{
    expect_caller(OWNER, WH_CALLER_OWNER, FALSE);
    expect_caller(OBSERVER, WH_CALLER_OBSERVE, FALSE);
    expect_caller(ROOT, WH_CALLER_MANAGE, FALSE);
    expect_caller(UNOWNED, WH_CALLER_OBSERVE, TRUE);
    expect_caller(OLD, WH_CALLER_MANAGE, FALSE);
    expect_caller("{\"scope\":\"user\",\"caller\":\"observe\"}", WH_CALLER_OBSERVE, FALSE);
    g_assert_cmpint(wh_caller_of(NULL), ==, WH_CALLER_MANAGE);
}

static void test_owner(void)
{
    expect(wh_sentence_owner, OWNER, "You manage Wayhome on this computer.");
    expect(wh_sentence_owner, OBSERVER, "Managed by ada.");
    expect(wh_sentence_owner, ROOT, "Nobody manages Wayhome on this computer yet.");
    expect(wh_sentence_owner, OLD, NULL);
    expect(wh_sentence_owner, "{\"scope\":\"user\",\"caller\":\"manage\"}", NULL);
    expect(wh_sentence_caller, OWNER, NULL);
    expect(wh_sentence_caller, OLD, NULL);
    expect(wh_sentence_caller, OBSERVER,
           "You can look. To change something takes an administrator's password.");
    expect(wh_sentence_caller, UNOWNED,
           "You can look. Whoever adds the first account manages it from then on.");
}

static void test_nobody_is_asked(void)
{
    wh_fake_advice_set_sudo(FALSE);
    expect(wh_sentence_caller, OBSERVER,
           "You can look. To change something takes the one who manages it, or an administrator.");
    expect(wh_sentence_caller, UNOWNED,
           "You can look. Whoever adds the first account manages it from then on.");
    wh_fake_advice_set_sudo(TRUE);
}

static void expect_place(const char *scope, const char *place, const char *more, const char *words)
{
    g_autofree char *text = g_strdup_printf("{\"scope\":\"%s\",\"secrets\":{\"kept_in\":\"%s\"}%s}",
                                            scope, place, more);
    g_autoptr(json_t) service = parse(text);
    g_autofree char *told = wh_sentence_secret_place(service);
    if (told == NULL || strstr(told, words) == NULL)
        g_error("%s: %s", text, told);
}

static void test_secret_place(void)
{
    expect_place("system", "sealed", "", "only this computer can open");
    expect_place("system", "file", "", "nothing on this system can seal them");
    expect_place("system", "memory", ",\"owner\":\"ada\",\"caller\":\"owner\"", "your keyring");
    expect_place("system", "memory", ",\"owner\":\"ada\",\"caller\":\"observe\"",
                 "the keyring of ada");
    expect_place("system", "memory", "", "forgotten");
    expect_place("user", "keyring", "", "in the keyring of your desktop");
    expect_place("user", "file", "", "only you can read");
    expect_place("user", "memory", "", "forgotten");
    expect(wh_sentence_secret_place, "{\"scope\":\"system\"}", NULL);
    expect(wh_sentence_secret_place, "{\"scope\":\"user\",\"secrets\":{\"kept_in\":\"x\"}}", NULL);
}

/* One secret of an account in this state, at this service. */
static void expect_secret(const char *state, const char *service_text, const char *sentence,
                          const char *step, WhRemedy remedy)
{
    g_autoptr(json_t) service = parse(service_text);
    g_autoptr(json_t) account = json_pack("{s:b, s:[{s:s, s:s}]}", "halted", 0, "secrets", "field",
                                          "token", "state", state);
    g_autofree char *told = wh_sentence_account(account, service);
    g_autofree char *next = wh_sentence_account_next_step(account, service);
    g_assert_cmpstr(told, ==, sentence);
    g_assert_cmpstr(next, ==, step);
    g_assert_cmpint(wh_remedy_of_account(account, service), ==, remedy);
}

static void test_secrets(void)
{
    expect_secret("away", OWNER, "Waits for its password or token, which only your keyring keeps",
                  "Sign in and unlock your keyring, or give the password or token",
                  WH_REMEDY_GIVE_SECRET);
    expect_secret("away", OBSERVER, "Waits for its password or token until ada signs in",
                  "Wait for that, or give the password or token", WH_REMEDY_GIVE_SECRET);
    expect_secret("away", ROOT, "Its password or token is kept nowhere; give it again",
                  "Give the password or token", WH_REMEDY_GIVE_SECRET);
    expect_secret("damaged", OWNER, "The password or token cannot be read any more; give it again",
                  "Give the password or token", WH_REMEDY_GIVE_SECRET);
    expect_secret("locked", OWNER, "Its password or token is being unsealed", NULL, WH_REMEDY_NONE);
    expect_secret("locked", "{\"scope\":\"user\",\"secrets\":{\"keyring\":\"locked\"}}",
                  "The password or token is in the keyring, which is locked", "Unlock the keyring",
                  WH_REMEDY_UNLOCK_KEYRING);
}

static void test_unsealing_is_no_trouble(void)
{
    g_autoptr(json_t) service = parse(OWNER);
    g_autoptr(json_t) account = parse("{\"secrets\":[{\"field\":\"t\",\"state\":\"locked\"}]}");
    g_assert_cmpint(wh_status_of_account(account, service), ==, WH_STATUS_UPDATING);
    g_assert_cmpint(wh_status_of_account(account, NULL), ==, WH_STATUS_ATTENTION);
}

/* What an administrator's file says is put right there, and a halt ended here. */
static void test_declared(void)
{
    g_autoptr(json_t) halted =
        parse("{\"halted\":true,\"secrets\":[],\"result\":{\"class\":\"AUTH\"},"
              "\"declared\":\"/etc/wayhome/hosts.d/a.conf\"}");
    g_autoptr(json_t) lacking =
        parse("{\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":\"missing\"}],"
              "\"declared\":\"/etc/wayhome/hosts.d/a.conf\"}");
    g_assert_cmpint(wh_remedy_of_account(halted, NULL), ==, WH_REMEDY_RESUME);
    g_assert_cmpint(wh_remedy_of_account(lacking, NULL), ==, WH_REMEDY_NONE);
    g_autofree char *step = wh_sentence_account_next_step(lacking, NULL);
    g_assert_cmpstr(step, ==, "Have the administrator correct it in /etc/wayhome/hosts.d/a.conf");
    expect(wh_sentence_declared, "{\"declared\":\"/etc/wayhome/hosts.d/a.conf\"}",
           "Set up by the administrator in /etc/wayhome/hosts.d/a.conf");
    expect(wh_sentence_declared, "{}", NULL);
    expect(wh_sentence_withheld, "{\"withheld\":\"declared\"}",
           "Nothing is sent from here: the administrator set this name up in a file, too");
    expect(wh_sentence_withheld, "{\"withheld\":\"system\"}",
           "Nothing is sent from here: the service of the whole computer keeps this name");
    expect(wh_sentence_withheld, "{\"paused\":true}", NULL);
}

static void test_pressing(void)
{
    g_autoptr(json_t) files = parse("{\"notices\":[\"secrets_in_file\"],\"secrets\":{"
                                    "\"kept_in\":\"file\"}}");
    g_autoptr(json_t) left = parse("{\"notices\":[\"secrets_in_file\"],\"secrets\":{"
                                   "\"kept_in\":\"memory\"}}");
    g_assert_cmpint(wh_status_of_service(files), ==, WH_STATUS_OK);
    g_assert_cmpint(wh_status_of_service(left), ==, WH_STATUS_ATTENTION);
}

static void expect_error(const char *error_name, json_t *parameters, const char *words)
{
    g_autofree char *told = wh_sentence_error(error_name, parameters);
    g_assert_nonnull(strstr(told, words));
    g_assert_null(strstr(told, "wayhomectl"));
    json_decref(parameters);
}

static void test_errors(void)
{
    expect_error("org.wayhome.Control.InteractionNeeded", NULL, "administrator's password");
    expect_error("org.wayhome.Control.Owned", json_pack("{s:s}", "owner", "ada"),
                 "ada manages Wayhome");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sentences-service/caller", test_caller);
    g_test_add_func("/sentences-service/owner", test_owner);
    g_test_add_func("/sentences-service/nobody-is-asked", test_nobody_is_asked);
    g_test_add_func("/sentences-service/secret-place", test_secret_place);
    g_test_add_func("/sentences-service/secrets", test_secrets);
    g_test_add_func("/sentences-service/unsealing", test_unsealing_is_no_trouble);
    g_test_add_func("/sentences-service/declared", test_declared);
    g_test_add_func("/sentences-service/pressing", test_pressing);
    g_test_add_func("/sentences-service/errors", test_errors);
    return g_test_run();
}
