#include "app/client/sentence_time.h"
#include "app/client/sentences.h"
#include "app/client/status.h"
#include "service/protocol/message.h"

#include <string.h>

#define NOW ((gint64)1790000000 * 1000000)
#define MINUTE ((gint64)60 * 1000000)

typedef char *(*Tell)(json_t *object);

static char *tell_record(json_t *object)
{
    return wh_sentence_record(object, NOW);
}

static char *tell_step(json_t *object)
{
    return wh_sentence_record_next_step(object);
}

static char *tell_proof(json_t *object)
{
    return wh_sentence_proof(object, NOW);
}

static char *tell_account(json_t *object)
{
    return wh_sentence_account(object, NULL);
}

static char *tell_account_step(json_t *object)
{
    return wh_sentence_account_next_step(object, NULL);
}

static void expect(Tell tell, const char *text, const char *sentence)
{
    json_error_t where;
    g_autoptr(json_t) object = json_loads(text, 0, &where);
    if (object == NULL)
        g_error("%s: %s", text, where.text);
    g_autofree char *told = tell(object);
    g_assert_cmpstr(told, ==, sentence);
}

/* `format` with one number in it. */
static void expect_at(Tell tell, const char *before, gint64 at, const char *after,
                      const char *sentence)
{
    g_autofree char *text = g_strdup_printf("%s%" G_GINT64_FORMAT "%s", before, at, after);
    expect(tell, text, sentence);
}

static void test_record(void)
{
    expect(tell_record, "{\"state\":\"current\"}", "Up to date");
    expect(tell_record, "{\"state\":\"updating\"}", "Being updated now");
    expect(tell_record, "{\"state\":\"paused\"}", "Paused");
    expect(tell_record, "{\"state\":\"no_address\",\"family\":\"ipv6\"}",
           "Waits for a public IPv6 address");
    expect(tell_record, "{\"state\":\"no_secret\"}", "Waits for the account's password or token");
    expect(tell_record, "{\"state\":\"halted\",\"result\":{\"class\":\"AUTH\"}}",
           "Stopped: the provider refuses the user name, password or token");
    expect(tell_record, "{\"state\":\"refused\",\"result\":{\"class\":\"BADIP\"}}",
           "Waits for another address: the provider refuses this address");
    expect(tell_record, "{\"state\":\"waiting\",\"result\":{\"class\":\"NO_ANSWER\"}}",
           "Waits: the provider does not answer");
    expect(tell_record, "{\"state\":\"something new\"}", "In a state this program does not know");
}

static char *tell_host(json_t *object)
{
    return wh_sentence_host(object);
}

/* Every reason for which there is no address has its sentence and a step. */
static void test_why(void)
{
    static const char *const whys[] = {"vpn",         "no_lan_address", "elsewhere",
                                       "unreachable", "device_unseen",  "device_unknown"};
    for (guint i = 0; i < G_N_ELEMENTS(whys); i++) {
        g_autoptr(json_t) record = json_pack("{s:s, s:s}", "state", "no_address", "why", whys[i]);
        g_autofree char *sentence = tell_record(record);
        g_autofree char *step = tell_step(record);
        g_assert_false(g_str_has_prefix(sentence, "Waits for a public"));
        g_assert_nonnull(step);
    }
    expect(tell_record, "{\"state\":\"no_address\",\"why\":\"elsewhere\"}",
           "Left alone: this is none of the networks that the name is kept on");
    expect(tell_record, "{\"state\":\"no_address\",\"family\":\"ipv4\",\"why\":\"new\"}",
           "Waits for a public IPv4 address");
    expect(tell_step, "{\"state\":\"no_address\",\"why\":\"new\"}", NULL);
    expect(tell_step, "{\"state\":\"no_address\"}", NULL);
}

static void test_host(void)
{
    expect(tell_host, "{}", NULL);
    expect(tell_host, "{\"networks\":[]}", NULL);
    expect(tell_host, "{\"device\":\"suffix\",\"suffix\":\"::7\"}",
           "Its IPv6 address is that of another machine, which ends with ::7.");
    expect(tell_host, "{\"device\":\"mac\",\"mac\":\"aa:bb:cc:dd:ee:ff\"}",
           "Its IPv6 address is that of another machine, with the MAC address "
           "aa:bb:cc:dd:ee:ff.");
    expect(tell_host, "{\"device\":\"mac\"}", "Its IPv6 address is that of another machine.");
    expect(tell_host, "{\"lan\":true}", "It holds this computer's address on the local network.");
    expect(tell_host, "{\"withhold_unreachable\":true,\"lan\":true}",
           "It holds this computer's address on the local network.");
    expect(tell_host, "{\"withhold_unreachable\":true,\"networks\":[\"a\"],\"here\":true}",
           "IPv4 is left as it is while nobody can connect to it. It is kept on 1 network only. "
           "This computer is there now.");
    expect(tell_host, "{\"networks\":[\"a\",\"b\"],\"here\":false}",
           "It is kept on 2 networks only. This computer is not there now.");
}

static void test_record_until(void)
{
    g_autofree char *clock = wh_sentence_time_clock(NOW + MINUTE, NOW);
    g_autofree char *waits =
        g_strdup_printf("Waits until %s: the provider has trouble of its own", clock);
    expect_at(tell_record,
              "{\"state\":\"waiting\",\"result\":{\"class\":\"SERVER\"},\"until\":", NOW + MINUTE,
              "}", waits);
    g_autofree char *held =
        g_strdup_printf("Held back until %s: too many changes in a short time", clock);
    expect_at(tell_record, "{\"state\":\"held\",\"until\":", NOW + MINUTE, "}", held);
}

static void test_next_step(void)
{
    expect(tell_step, "{\"state\":\"current\"}", NULL);
    expect(tell_step, "{\"state\":\"waiting\",\"result\":{\"class\":\"SERVER\"}}", NULL);
    expect(tell_step, "{\"state\":\"waiting\",\"result\":{\"class\":\"CLOCK\"}}",
           "Set this computer's clock");
    expect(tell_step, "{\"state\":\"no_secret\"}", "Give the password or token");
    expect(tell_step, "{\"state\":\"paused\"}", "Resume when you like");
    expect(tell_step, "{\"state\":\"refused\"}", "Ask the provider why it refuses this address");
    expect(tell_step, "{\"state\":\"halted\",\"result\":{\"class\":\"AUTH\"}}",
           "Give the right password or token");
    expect(tell_step, "{\"state\":\"halted\",\"result\":{\"class\":\"BADREQ\"}}",
           "Check the account's settings");
}

/* Every halt there can be has its next step, also one that is not known here; no face is named. */
static void test_every_halt_has_a_step(void)
{
    static const char *const classes[] = {"AUTH",  "HOST",   "PAID", "AGENT",
                                          "ABUSE", "BADREQ", "FAIL", "NEW"};
    for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
        g_autoptr(json_t) record =
            json_pack("{s:s, s:{s:s}}", "state", "halted", "result", "class", classes[i]);
        g_autofree char *step = wh_sentence_record_next_step(record);
        g_assert_nonnull(step);
        g_assert_null(strstr(step, "wayhomectl"));
        g_assert_cmpint(wh_remedy_of_record(record), !=, WH_REMEDY_NONE);
    }
}

static void test_proof(void)
{
    expect(tell_proof, "{\"status\":\"none\"}", "Not proven yet");
    expect(tell_proof, "{\"status\":\"checking\"}",
           "Being proven: the zone's own servers are asked");
    expect_at(tell_proof,
              "{\"status\":\"proven\",\"witnesses\":[{\"said\":\"answered\"},"
              "{\"said\":\"unreachable\"}],\"at\":",
              NOW - 3 * MINUTE, "}", "Proven 3 minutes ago: 1 of 2 servers agree");
    expect(tell_proof,
           "{\"status\":\"differs\",\"witnesses\":[{\"said\":\"unreachable\",\"addresses\":[]},"
           "{\"said\":\"answered\",\"addresses\":[\"192.0.2.1\"]}]}",
           "Not right yet: one of the zone's own servers holds 192.0.2.1");
    expect(tell_proof,
           "{\"status\":\"differs\",\"witnesses\":[{\"said\":\"answered\",\"addresses\":[]}]}",
           "Not right yet: the zone's own servers hold no such address");
    expect(tell_proof, "{\"status\":\"unprovable\",\"why\":\"intercepted\"}",
           "Cannot be proven on this network: something answers in the servers' place");
    expect(tell_proof, "{\"status\":\"unprovable\",\"why\":\"whatever\"}", "Cannot be proven");
}

static void test_verdict(void)
{
    expect(wh_sentence_verdict, "{\"reason\":\"direct\",\"address\":\"192.0.2.1\"}",
           "192.0.2.1, on this computer's own line");
    expect(wh_sentence_verdict, "{\"reason\":\"agreed\",\"address\":\"192.0.2.1\"}",
           "192.0.2.1, as independent sources see it");
    expect(wh_sentence_verdict,
           "{\"reason\":\"disagreed\",\"sources\":["
           "{\"name\":\"interface\",\"organisation\":\"this computer\",\"address\":\"10.0.0.1\"},"
           "{\"name\":\"a\",\"organisation\":\"One\",\"address\":\"192.0.2.1\"},"
           "{\"name\":\"b\",\"organisation\":\"Two\",\"failure\":\"timed out\"},"
           "{\"name\":\"c\",\"organisation\":\"Three\",\"address\":\"192.0.2.2\"}]}",
           "Not known for sure: One says 192.0.2.1, Three says 192.0.2.2");
    expect(wh_sentence_verdict,
           "{\"reason\":\"disagreed\",\"sources\":["
           "{\"name\":\"gateway\",\"organisation\":\"your router\",\"address\":\"192.0.2.1\"},"
           "{\"name\":\"b\",\"organisation\":\"Two\",\"address\":\"192.0.2.2\"}]}",
           "Not known for sure: your router says 192.0.2.1, Two says 192.0.2.2");
    expect(wh_sentence_verdict, "{\"reason\":\"vpn\",\"vpn\":\"wg0\"}",
           "Not asked for: everything goes through the VPN wg0, and names keep the address that "
           "they have");
    expect(wh_sentence_verdict, "{\"reason\":\"vpn\"}",
           "Not asked for: everything goes through a VPN");
    expect(wh_sentence_verdict, "{\"reason\":\"asking\"}", "Not known yet: being asked for");
    expect(wh_sentence_verdict, "{\"reason\":\"other\"}", "Not known");
}

static void test_vpn(void)
{
    expect(wh_sentence_vpn, "{\"vpn\":\"wg0\",\"publish\":\"line\",\"active\":true}",
           "is on; names point to your home's own line");
    expect(wh_sentence_vpn, "{\"vpn\":\"wg0\",\"publish\":\"vpn\",\"active\":false}",
           "is off; while it is on, names point to its other end");
    expect(wh_sentence_vpn, "{\"vpn\":\"wg0\",\"publish\":\"nothing\",\"active\":true}",
           "is on; names keep the address that they have");
}

static void test_result(void)
{
    expect(wh_sentence_result, "{\"class\":\"AUTH\"}",
           "The provider refuses the user name, password or token.");
    expect(wh_sentence_result, "{\"class\":\"HOST\",\"detail\":\"nohost\"}",
           "The provider does not know this name in your account (it said: nohost).");
    expect(wh_sentence_result, "{\"class\":\"NEW\"}", "The reason is not known to this program.");
}

static void test_account(void)
{
    expect(tell_account, "{\"halted\":false,\"secrets\":[]}", NULL);
    expect(tell_account,
           "{\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":\"present\"}]}", NULL);
    expect(tell_account,
           "{\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":\"moved\"}]}",
           "The password or token was given for another server; give it again");
    expect(tell_account, "{\"secrets\":[{\"field\":\"token\",\"state\":\"locked\"}]}",
           "The password or token is in the keyring, which is locked");
    expect(tell_account, "{\"secrets\":[{\"field\":\"token\",\"state\":\"new\"}]}",
           "Something is wrong with its password or token");
    expect(tell_account, "{\"halted\":true,\"result\":{\"class\":\"PAID\"}}",
           "Stopped: your account at the provider does not include this");
}

static void test_account_next_step(void)
{
    expect(tell_account_step,
           "{\"id\":\"duck\",\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
           "\"present\"}]}",
           NULL);
    expect(tell_account_step,
           "{\"id\":\"duck\",\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
           "\"missing\"}]}",
           "Give the password or token");
    expect(tell_account_step,
           "{\"id\":\"duck\",\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
           "\"locked\"}]}",
           "Unlock the keyring");
    expect(tell_account_step,
           "{\"id\":\"duck\",\"halted\":false,\"secrets\":[{\"field\":\"token\",\"state\":"
           "\"closed\"}]}",
           NULL);
    expect(tell_account_step, "{\"id\":\"duck\",\"halted\":true,\"result\":{\"class\":\"PAID\"}}",
           "Look at your account at the provider, then resume");
    expect(tell_account_step, "{\"id\":\"duck\",\"halted\":true,\"result\":{\"class\":\"AUTH\"}}",
           "Give the right password or token");
}

static void test_event(void)
{
    expect(wh_sentence_event,
           "{\"kind\":\"address\",\"family\":\"ipv4\",\"address\":\"192.0.2.1\"}",
           "the public IPv4 address is 192.0.2.1");
    expect(wh_sentence_event, "{\"kind\":\"address\",\"family\":\"ipv6\"}",
           "the public IPv6 address is not known");
    expect(wh_sentence_event, "{\"kind\":\"sent\",\"address\":\"192.0.2.1\"}",
           "sent 192.0.2.1 to the provider");
    expect(wh_sentence_event, "{\"kind\":\"sent\"}", "sent to the provider");
    expect(wh_sentence_event,
           "{\"kind\":\"answered\",\"result\":{\"class\":\"CHANGED\",\"detail\":\"good\"}}",
           "the provider took the new address (good)");
    expect(wh_sentence_event, "{\"kind\":\"halted\",\"result\":{\"class\":\"AUTH\"}}",
           "stopped until you act: the provider refuses the user name, password or token");
    expect(wh_sentence_event, "{\"kind\":\"proven\",\"address\":\"192.0.2.1\"}",
           "proven: the zone's own servers hold 192.0.2.1");
    expect(wh_sentence_event, "{\"kind\":\"started\"}", "the service started");
    expect(wh_sentence_event, "{\"kind\":\"brand-new\"}", "brand-new");
}

static void test_error(void)
{
    g_autoptr(json_t) found = json_pack("{s:s, s:s}", "what", "host", "id", "a.org");
    g_autofree char *not_found = wh_sentence_error("org.wayhome.Control.NotFound", found);
    g_assert_cmpstr(not_found, ==, "There is no name “a.org”.");
    g_autoptr(json_t) wrong = json_pack("{s:s, s:s}", "field", "ttl", "reason", "Too small.");
    g_autofree char *invalid = wh_sentence_error("org.wayhome.Control.Invalid", wrong);
    g_assert_cmpstr(invalid, ==, "ttl: Too small.");
    g_autofree char *denied = wh_sentence_error("org.varlink.service.PermissionDenied", NULL);
    g_assert_true(g_str_has_prefix(denied, "You may not do this."));
    g_autofree char *other = wh_sentence_error("org.example.Odd", NULL);
    g_assert_cmpstr(other, ==, "The service refused it (org.example.Odd).");
}

static void expect_ago(gint64 passed, const char *text)
{
    g_autofree char *ago = wh_sentence_time_ago(NOW - passed, NOW);
    g_assert_cmpstr(ago, ==, text);
}

static void test_times(void)
{
    expect_ago(-MINUTE, "just now");
    expect_ago(MINUTE - 1, "just now");
    expect_ago(MINUTE, "1 minute ago");
    expect_ago(59 * MINUTE, "59 minutes ago");
    expect_ago(60 * MINUTE, "1 hour ago");
    expect_ago(48 * 60 * MINUTE, "2 days ago");
    g_autofree char *exact = wh_sentence_time_exact(NOW + 7000);
    g_assert_true(g_str_has_suffix(exact, ".007"));
    g_autofree char *today = wh_sentence_time_clock(NOW, NOW);
    g_assert_cmpuint(strlen(today), ==, 5);
    g_autofree char *other_day = wh_sentence_time_clock(NOW + 72 * 60 * MINUTE, NOW);
    g_assert_cmpuint(strlen(other_day), >, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sentences/record", test_record);
    g_test_add_func("/sentences/why", test_why);
    g_test_add_func("/sentences/host", test_host);
    g_test_add_func("/sentences/record-until", test_record_until);
    g_test_add_func("/sentences/next-step", test_next_step);
    g_test_add_func("/sentences/every-halt", test_every_halt_has_a_step);
    g_test_add_func("/sentences/proof", test_proof);
    g_test_add_func("/sentences/verdict", test_verdict);
    g_test_add_func("/sentences/vpn", test_vpn);
    g_test_add_func("/sentences/result", test_result);
    g_test_add_func("/sentences/account", test_account);
    g_test_add_func("/sentences/account-next-step", test_account_next_step);
    g_test_add_func("/sentences/event", test_event);
    g_test_add_func("/sentences/error", test_error);
    g_test_add_func("/sentences/times", test_times);
    return g_test_run();
}
