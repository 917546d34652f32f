#include "service/detect/outside.h"

#include <gio/gio.h>
#include <string.h>

static const char good[] = "# a comment\n"
                           "[one]\n"
                           "organisation=First\n"
                           "ipv4=https://one.example/ip?format=text\n"
                           "ipv6=https://six.one.example/\n"
                           "\n"
                           "[two]\n"
                           "organisation = Second Ltd. \n"
                           "ipv6 = https://two.example:8443/trace\n"
                           "line = ip\n";

static void test_parse(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) operators = wh_outside_parse(good, strlen(good), &error);
    g_assert_no_error(error);
    g_assert_cmpuint(operators->len, ==, 2);
    const WhOutsideOperator *one = operators->pdata[0];
    g_assert_cmpstr(one->id, ==, "one");
    g_assert_cmpstr(one->organisation, ==, "First");
    g_assert_cmpstr(one->url[WH_FAMILY_IPV4], ==, "https://one.example/ip?format=text");
    g_assert_cmpstr(one->url[WH_FAMILY_IPV6], ==, "https://six.one.example/");
    g_assert_null(one->line);
    const WhOutsideOperator *two = operators->pdata[1];
    g_assert_cmpstr(two->organisation, ==, "Second Ltd.");
    g_assert_null(two->url[WH_FAMILY_IPV4]);
    g_assert_cmpstr(two->url[WH_FAMILY_IPV6], ==, "https://two.example:8443/trace");
    g_assert_cmpstr(two->line, ==, "ip");
}

static void test_dns(void)
{
    static const char text[] = "[one]\norganisation=First\ndns-name=who.example\n"
                               "dns-ipv4=11.1.1.1\ndns-ipv6=2606:4700::1\n"
                               "[two]\norganisation=Second\ndns-name=me.example\n"
                               "dns-ipv6=2606:4700::2\ndns-type=TXT\ndns-class=CH\n"
                               "[three]\norganisation=Third\ndns-name=you.example\n"
                               "dns-ipv4=11.1.1.3\ndns-type=address\ndns-class=IN\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) operators = wh_outside_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    const WhOutsideOperator *one = operators->pdata[0];
    g_assert_true(wh_outside_is_by_dns(one));
    g_assert_cmpstr(one->dns_name, ==, "who.example");
    g_assert_true(wh_outside_can_ask(one, WH_FAMILY_IPV4));
    g_assert_true(wh_outside_can_ask(one, WH_FAMILY_IPV6));
    g_assert_false(one->dns_text || one->dns_chaos);
    g_autofree char *server = wh_address_to_string(&one->dns_server[WH_FAMILY_IPV6]);
    g_assert_cmpstr(server, ==, "2606:4700::1");
    const WhOutsideOperator *two = operators->pdata[1];
    g_assert_true(two->dns_text && two->dns_chaos);
    g_assert_false(wh_outside_can_ask(two, WH_FAMILY_IPV4));
    g_assert_true(wh_outside_can_ask(two, WH_FAMILY_IPV6));
    const WhOutsideOperator *three = operators->pdata[2];
    g_assert_false(three->dns_text || three->dns_chaos);
    g_assert_true(wh_outside_can_ask(three, WH_FAMILY_IPV4));
}

typedef struct {
    const char *text;
    const char *named; /* what the error must mention */
} Wrong;

static const Wrong wrongs[] = {
    {"", "operators"},
    {"# nothing\n", "operators"},
    {"organisation=X\n", "list of operators"},
    {"[a\n", "list of operators"},
    {"[a]\norganisation=A\nipv4=https://a.example/\nstray\n", "list of operators"},
    {"[a]\nipv4=https://a.example/\n", "[a] organisation"},
    {"[a]\norganisation=\nipv4=https://a.example/\n", "[a] organisation"},
    {"[a]\norganisation=A\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=http://a.example/\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=a.example\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=https:///x\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=file:///etc/passwd\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=https://user:word@a.example/\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=https://a.example/#x\n", "[a] ipv4"},
    {"[a]\norganisation=A\nipv4=https://a.example/\nipv6=ftp://a.example/\n", "[a] ipv6"},
    {"[a]\norganisation=A\nipv4=https://a.example/\nline=ip=\n", "[a] line"},
    {"[a]\norganisation=A\nipv4=https://a.example/\nline=\n", "[a] line"},
    {"[a]\norganisation=A\nipv4=https://a.example/\nurl=https://a.example/\n", "[a] url"},
    {"[a]\norganisation=A\nipv4=https://a.example/\n[b]\norganisation=B\n", "[b] ipv4"},
    {"[a]\norganisation=A\ndns-name=who.example\n", "[a] dns-ipv4"},
    {"[a]\norganisation=A\ndns-name=\ndns-ipv4=11.1.1.1\n", "[a] dns-name"},
    {"[a]\norganisation=A\ndns-name=.\ndns-ipv4=11.1.1.1\n", "[a] dns-name"},
    {"[a]\norganisation=A\ndns-name=a..b\ndns-ipv4=11.1.1.1\n", "[a] dns-name"},
    {"[a]\norganisation=A\ndns-name=a b\ndns-ipv4=11.1.1.1\n", "[a] dns-name"},
    {"[a]\norganisation=A\ndns-name="
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\ndns-ipv4=11.1.1.1\n",
     "[a] dns-name"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv4=ns.example\n", "[a] dns-ipv4"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv4=2606:4700::1\n", "[a] dns-ipv4"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv6=11.1.1.1\n", "[a] dns-ipv6"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv4=11.1.1.1\ndns-type=A\n", "[a] dns-type"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv4=11.1.1.1\ndns-class=HS\n",
     "[a] dns-class"},
    {"[a]\norganisation=A\ndns-name=who.example\ndns-ipv4=11.1.1.1\nipv4=https://a.example/\n",
     "[a] ipv4"},
    {"[a]\norganisation=A\ndns-ipv4=11.1.1.1\n", "[a] dns-ipv4"},
    {"[a]\norganisation=\xff\nipv4=https://a.example/\n", "UTF-8"},
};

static void test_wrong_lists(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(wrongs); i++) {
        g_autoptr(GError) error = NULL;
        g_test_message("%s", wrongs[i].text);
        g_assert_null(wh_outside_parse(wrongs[i].text, strlen(wrongs[i].text), &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_assert_nonnull(strstr(error->message, wrongs[i].named));
        g_assert_null(strstr(error->message, "word@"));
    }
}

static void test_bounds(void)
{
    g_autoptr(GString) many = g_string_new(NULL);
    for (guint i = 0; i < 64; i++)
        g_string_append_printf(many, "[o%u]\norganisation=O\nipv4=https://o.example/\n", i);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) most = wh_outside_parse(many->str, many->len, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(most->len, ==, 64);
    g_string_append(many, "[more]\norganisation=O\nipv4=https://o.example/\n");
    g_assert_null(wh_outside_parse(many->str, many->len, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_clear_error(&error);

    g_autoptr(GString) large = g_string_new(good);
    while (large->len <= 64 * 1024)
        g_string_append(large, "# filler filler filler filler filler filler filler filler\n");
    g_assert_null(wh_outside_parse(large->str, large->len, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static guint count_organisations(const GPtrArray *operators, WhFamily family, gboolean by_dns)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < operators->len; i++) {
        const WhOutsideOperator *operator_ = operators->pdata[i];
        if (wh_outside_can_ask(operator_, family) && wh_outside_is_by_dns(operator_) == by_dns)
            g_hash_table_add(names, operator_->organisation);
    }
    return g_hash_table_size(names);
}

static void test_shipped(void)
{
    g_autoptr(GPtrArray) operators = wh_outside_shipped();
    g_assert_cmpuint(count_organisations(operators, WH_FAMILY_IPV4, FALSE), >=, 7);
    g_assert_cmpuint(count_organisations(operators, WH_FAMILY_IPV6, FALSE), >=, 7);
    g_assert_cmpuint(count_organisations(operators, WH_FAMILY_IPV4, TRUE), >=, 3);
    g_assert_cmpuint(count_organisations(operators, WH_FAMILY_IPV6, TRUE), >=, 3);
    g_autoptr(GPtrArray) again = wh_outside_shipped();
    g_assert_cmpuint(again->len, ==, operators->len);
}

typedef struct {
    const char *body;
    const char *line;
    WhFamily family;
    const char *address; /* NULL: refused */
} Answer;

static const Answer answers[] = {
    {"11.22.33.44", NULL, WH_FAMILY_IPV4, "11.22.33.44"},
    {"11.22.33.44\n", NULL, WH_FAMILY_IPV4, "11.22.33.44"},
    {" \t\r\n11.22.33.44 \r\n\n", NULL, WH_FAMILY_IPV4, "11.22.33.44"},
    {"2606:4700::1\n", NULL, WH_FAMILY_IPV6, "2606:4700::1"},
    {"192.168.1.1", NULL, WH_FAMILY_IPV4, "192.168.1.1"},
    {"", NULL, WH_FAMILY_IPV4, NULL},
    {" \n", NULL, WH_FAMILY_IPV4, NULL},
    {"2606:4700::1", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33.44", NULL, WH_FAMILY_IPV6, NULL},
    {"::ffff:11.22.33.44", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33.44\n11.22.33.45\n", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33.44 11.22.33.44", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33.44, 10.0.0.1", NULL, WH_FAMILY_IPV4, NULL},
    {"<html>11.22.33.44</html>", NULL, WH_FAMILY_IPV4, NULL},
    {"Current IP Address: 11.22.33.44", NULL, WH_FAMILY_IPV4, NULL},
    {"{\"ip\":\"11.22.33.44\"}", NULL, WH_FAMILY_IPV4, NULL},
    {"\"11.22.33.44\"", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33.44.55", NULL, WH_FAMILY_IPV4, NULL},
    {"011.22.33.44", NULL, WH_FAMILY_IPV4, NULL},
    {"11.22.33", NULL, WH_FAMILY_IPV4, NULL},
    {"fe80::1%eth0", NULL, WH_FAMILY_IPV6, NULL},
    {"0000:0000:0000:0000:0000:0000:0000:0000:0000:0000", NULL, WH_FAMILY_IPV6, NULL},
    {"jquery-1.12.4.2.js", NULL, WH_FAMILY_IPV4, NULL},
    {"fl=1\nip=11.22.33.44\nts=1\n", "ip", WH_FAMILY_IPV4, "11.22.33.44"},
    {"ip=11.22.33.44", "ip", WH_FAMILY_IPV4, "11.22.33.44"},
    {"fl=1\r\nip=11.22.33.44\r\nts=1\r\n", "ip", WH_FAMILY_IPV4, "11.22.33.44"},
    {"ip=2606:4700::1\n", "ip", WH_FAMILY_IPV6, "2606:4700::1"},
    {"vip=11.22.33.44\nzip=1\n", "ip", WH_FAMILY_IPV4, NULL},
    {"ips=11.22.33.44\n", "ip", WH_FAMILY_IPV4, NULL},
    {"IP=11.22.33.44\n", "ip", WH_FAMILY_IPV4, NULL},
    {"ip=11.22.33.44\nip=11.22.33.45\n", "ip", WH_FAMILY_IPV4, NULL},
    {"ip=\n", "ip", WH_FAMILY_IPV4, NULL},
    {"ip\n", "ip", WH_FAMILY_IPV4, NULL},
    {"", "ip", WH_FAMILY_IPV4, NULL},
    {"11.22.33.44", "ip", WH_FAMILY_IPV4, NULL},
    {"ip=11.22.33.44", NULL, WH_FAMILY_IPV4, NULL},
    {"ip=2606:4700::1\n", "ip", WH_FAMILY_IPV4, NULL},
};

static void check_answer(const Answer *answer, const char *body, gsize length)
{
    g_autoptr(WhOutsideOperator) operator_ = wh_outside_operator_new("one", "First");
    operator_->line = g_strdup(answer->line);
    WhAddress address;
    memset(&address, 0x5a, sizeof address);
    WhAddress untouched = address;
    gboolean ok = wh_outside_read_answer(operator_, answer->family, body, length, &address);
    g_assert_true(ok == (answer->address != NULL));
    if (!ok) {
        g_assert_cmpmem(&address, sizeof address, &untouched, sizeof untouched);
        return;
    }
    g_autofree char *text = wh_address_to_string(&address);
    g_assert_cmpstr(text, ==, answer->address);
}

static void test_answers(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        /* An exact heap copy, so that a read past the end is seen by the sanitizers. */
        gsize length = strlen(answers[i].body);
        g_autofree char *exact = g_memdup2(answers[i].body, length);
        g_test_message("%s", answers[i].body);
        check_answer(&answers[i], exact, length);
    }
}

static void test_awkward_bodies(void)
{
    Answer refused = {.family = WH_FAMILY_IPV4};
    check_answer(&refused, "11.22.33.44\0", 12);
    check_answer(&refused, "11.22.33.44\0<html>", 18);
    Answer accepted = {.family = WH_FAMILY_IPV4, .address = "11.22.33.44"};
    g_autofree char *padded = g_strdup_printf("%4096s", "11.22.33.44");
    check_answer(&accepted, padded, 4096);
    g_autofree char *long_one = g_strdup_printf("%4097s", "11.22.33.44");
    check_answer(&refused, long_one, 4097);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/outside/parse", test_parse);
    g_test_add_func("/outside/dns", test_dns);
    g_test_add_func("/outside/wrong-lists", test_wrong_lists);
    g_test_add_func("/outside/bounds", test_bounds);
    g_test_add_func("/outside/shipped", test_shipped);
    g_test_add_func("/outside/answers", test_answers);
    g_test_add_func("/outside/awkward-bodies", test_awkward_bodies);
    return g_test_run();
}
