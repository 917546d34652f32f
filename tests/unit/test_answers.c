#include "service/providers/answers.h"

#include "service/base/clock.h"

#include <string.h>

/* The rules of a shipped definition, or of the text of an [answers] group. */
static WhAnswerRules *rules_of(const char *text)
{
    g_autoptr(WhDefinitionReader) reader = wh_definition_reader_new(text, strlen(text));
    WhAnswerRules *rules = wh_answer_rules_read(reader);
    g_assert_false(wh_definition_reader_failed(reader));
    return rules;
}

static WhAnswerRules *rules_of_file(const char *id)
{
    g_autofree char *path =
        g_strdup_printf(WH_SOURCE_DIR "/service/providers/definitions/%s.provider", id);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return rules_of(text);
}

static GPtrArray *judge(const WhAnswerRules *rules, guint status, const char *body, gsize n_hosts)
{
    const WhHttpResponse response = {.status = status, .body = body, .length = strlen(body)};
    GPtrArray *outcomes = wh_answers_judge(rules, &response, n_hosts);
    g_assert_cmpuint(outcomes->len, ==, n_hosts);
    return outcomes;
}

static void check(const WhAnswerRules *rules, guint status, const char *body,
                  WhResultClass expected)
{
    g_autoptr(GPtrArray) outcomes = judge(rules, status, body, 1);
    const WhOutcome *outcome = outcomes->pdata[0];
    g_test_message("%u %.40s", status, body);
    g_assert_cmpstr(wh_result_class_name(outcome->result), ==, wh_result_class_name(expected));
    g_assert_nonnull(outcome->detail);
}

typedef struct {
    guint status;
    const char *body;
    WhResultClass result;
} Answer;

static const Answer dyndns2[] = {
    {200, "good 192.0.2.1\r\n", WH_RESULT_CHANGED},
    {200, "good", WH_RESULT_CHANGED},
    {200, "  good 192.0.2.1,2001:db8::1", WH_RESULT_CHANGED},
    {200, "nochg 192.0.2.1", WH_RESULT_SAME},
    {200, "badauth", WH_RESULT_AUTH},
    {401, "badauth", WH_RESULT_AUTH},
    {200, "!donator", WH_RESULT_PAID},
    {200, "notfqdn", WH_RESULT_HOST},
    {200, "nohost", WH_RESULT_HOST},
    {404, "nohost", WH_RESULT_HOST},
    {200, "!yours", WH_RESULT_HOST},
    {200, "!active", WH_RESULT_HOST},
    {200, "numhost", WH_RESULT_BADREQ},
    {200, "abuse", WH_RESULT_ABUSE},
    {200, "badagent", WH_RESULT_AGENT},
    {200, "badsys", WH_RESULT_AGENT},
    {200, "dnserr", WH_RESULT_SERVER},
    {200, "911", WH_RESULT_SERVER},
    {500, "911 reason", WH_RESULT_SERVER},
    {200, "w5m", WH_RESULT_RATE},
    {401, "", WH_RESULT_AUTH},
    {403, "<html>no</html>", WH_RESULT_AUTH},
    {429, "slow down", WH_RESULT_RATE},
    {500, "<html>error</html>", WH_RESULT_SERVER},
    {503, "", WH_RESULT_SERVER},
    {599, "x", WH_RESULT_SERVER},
    /* What nobody knows is never a success. */
    {200, "", WH_RESULT_FAIL},
    {200, " \r\n", WH_RESULT_FAIL},
    {200, "GOOD", WH_RESULT_FAIL},
    {200, "goodness", WH_RESULT_FAIL},
    {200, "not good", WH_RESULT_FAIL},
    {200, "9110", WH_RESULT_FAIL},
    {200, "OK", WH_RESULT_FAIL},
    {200, "<html>good</html>", WH_RESULT_FAIL},
    {200, "<!DOCTYPE html>\ngood 192.0.2.1", WH_RESULT_FAIL},
    {200, "\x01\x02\xff\xfe", WH_RESULT_FAIL},
    {404, "good", WH_RESULT_FAIL},
    {500, "good 192.0.2.1", WH_RESULT_SERVER},
    {301, "good", WH_RESULT_FAIL},
    {204, "", WH_RESULT_FAIL},
    {400, "what", WH_RESULT_FAIL},
};

static void check_all(const char *id, const Answer *answers, gsize n_answers)
{
    g_autoptr(WhAnswerRules) rules = rules_of_file(id);
    for (gsize i = 0; i < n_answers; i++)
        check(rules, answers[i].status, answers[i].body, answers[i].result);
}

static void test_dyndns2(void)
{
    static const Answer extra[] = {
        {200, "badip", WH_RESULT_BADIP},          {200, "interval", WH_RESULT_RATE},
        {200, "toomanyrequests", WH_RESULT_RATE}, {200, "servererror", WH_RESULT_SERVER},
        {200, "noauth", WH_RESULT_AUTH},          {200, "badrequest", WH_RESULT_BADREQ},
    };
    check_all("dyndns2", dyndns2, G_N_ELEMENTS(dyndns2));
    check_all("noip", dyndns2, G_N_ELEMENTS(dyndns2));
    check_all("dyndns2", extra, G_N_ELEMENTS(extra));
}

static void test_duckdns(void)
{
    static const Answer answers[] = {
        {200, "OK", WH_RESULT_CHANGED},
        {200, "OK\n192.0.2.1\n\nUPDATED", WH_RESULT_CHANGED},
        {200, "OK\n192.0.2.1\n2001:db8::1\nUPDATED\n", WH_RESULT_CHANGED},
        {200, "OK\r\n192.0.2.1\r\n\r\nNOCHANGE\r\n", WH_RESULT_SAME},
        {200, "KO", WH_RESULT_AUTH},
        {200, "KO\n", WH_RESULT_AUTH},
        {429, "", WH_RESULT_RATE},
        {502, "<html></html>", WH_RESULT_SERVER},
        {200, "UPDATED", WH_RESULT_FAIL},
        {200, "OK then", WH_RESULT_FAIL},
        {200, "<html><body>OK UPDATED</body></html>", WH_RESULT_FAIL},
        {200, "", WH_RESULT_FAIL},
        {404, "OK", WH_RESULT_FAIL},
    };
    check_all("duckdns", answers, G_N_ELEMENTS(answers));
    g_autoptr(WhAnswerRules) rules = rules_of_file("duckdns");
    g_autoptr(GPtrArray) outcomes = judge(rules, 200, "OK\n192.0.2.1\n\nUPDATED", 3);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpint(((WhOutcome *)outcomes->pdata[i])->result, ==, WH_RESULT_CHANGED);
    g_autoptr(GPtrArray) refused = judge(rules, 200, "KO", 1);
    g_assert_nonnull(strstr(((WhOutcome *)refused->pdata[0])->detail, "token"));
}

static void test_desec(void)
{
    static const Answer answers[] = {
        {200, "good", WH_RESULT_CHANGED},
        {401, "badauth", WH_RESULT_AUTH},
        {400, "{\"x\":1}", WH_RESULT_BADREQ},
        {404, "nohost", WH_RESULT_HOST},
        {404, "<html>", WH_RESULT_HOST},
        {429, "throttled", WH_RESULT_RATE},
        {401, "{\"detail\":1}", WH_RESULT_AUTH},
        {503, "", WH_RESULT_SERVER},
        {200, "{}", WH_RESULT_FAIL},
    };
    check_all("desec", answers, G_N_ELEMENTS(answers));
}

static void test_rest_preset(void)
{
    static const Answer answers[] = {
        {200, "{}", WH_RESULT_CHANGED}, {204, "", WH_RESULT_CHANGED}, {400, "", WH_RESULT_BADREQ},
        {401, "", WH_RESULT_AUTH},      {403, "", WH_RESULT_AUTH},    {404, "", WH_RESULT_HOST},
        {409, "", WH_RESULT_BADREQ},    {422, "", WH_RESULT_BADREQ},  {429, "", WH_RESULT_RATE},
        {500, "", WH_RESULT_SERVER},    {418, "", WH_RESULT_FAIL},    {302, "", WH_RESULT_FAIL},
    };
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = http-rest\n");
    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++)
        check(rules, answers[i].status, answers[i].body, answers[i].result);
}

/* A provider that tells success in the text has not succeeded because of a 200. */
static void test_text_before_status(void)
{
    g_autoptr(WhAnswerRules) rules =
        rules_of("[answers]\npreset = http-rest\nteapot = BADREQ http 2xx\n"
                 "done = CHANGED has \"success\": true\n");
    check(rules, 200, "{\"SUCCESS\": TRUE}", WH_RESULT_CHANGED);
    check(rules, 200, "{\"success\": false}", WH_RESULT_BADREQ);
    g_autoptr(WhAnswerRules) bare =
        rules_of("[answers]\npreset = http-rest\ndone = CHANGED has success\n");
    check(bare, 200, "{}", WH_RESULT_FAIL);
    check(bare, 429, "{}", WH_RESULT_RATE);
}

static void test_order(void)
{
    g_autoptr(WhAnswerRules) rules =
        rules_of("[answers]\npreset = dyndns2\nlast = BADIP http 401\nodd = PAID token good\n"
                 "odder = AUTH has good\n");
    check(rules, 200, "good", WH_RESULT_PAID);
    check(rules, 200, "so good", WH_RESULT_AUTH);
    check(rules, 401, "badauth", WH_RESULT_AUTH);
    check(rules, 401, "?", WH_RESULT_BADIP);
}

static void check_hosts(const char *body, guint status, const char *expected)
{
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = dyndns2\n");
    g_auto(GStrv) words = g_strsplit(expected, " ", -1);
    g_autoptr(GPtrArray) outcomes = judge(rules, status, body, g_strv_length(words));
    for (guint i = 0; i < outcomes->len; i++) {
        const WhOutcome *outcome = outcomes->pdata[i];
        g_test_message("%s, host %u", body, i);
        g_assert_cmpstr(wh_result_class_name(outcome->result), ==, words[i]);
    }
}

static void test_several_hosts(void)
{
    check_hosts("good 192.0.2.1\r\nnochg 192.0.2.1\r\n", 200, "CHANGED SAME");
    check_hosts("good\n\nnohost\ngood", 200, "CHANGED HOST CHANGED");
    check_hosts("badauth", 200, "AUTH AUTH AUTH");
    check_hosts("911\n", 200, "SERVER SERVER");
    check_hosts("!donator", 200, "PAID PAID");
    check_hosts("badagent", 200, "AGENT AGENT");
    check_hosts("w2h", 200, "RATE RATE");
    check_hosts("numhost", 200, "BADREQ BADREQ");
    check_hosts("good\n911", 200, "CHANGED SERVER SERVER");
    check_hosts("good", 200, "CHANGED FAIL");
    check_hosts("nohost", 200, "HOST FAIL");
    check_hosts("abuse", 200, "ABUSE FAIL");
    check_hosts("", 200, "FAIL FAIL");
    check_hosts("", 401, "AUTH AUTH");
    check_hosts("Internal\nerror", 500, "SERVER SERVER SERVER");
    check_hosts("<html>\ngood\ngood", 200, "FAIL FAIL");
    check_hosts("good\ngood\nbadauth", 200, "CHANGED CHANGED");
    check_hosts("good\ngood", 302, "FAIL FAIL");
}

static void test_a_line_for_each_address(void)
{
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = dyndns2\n");
    check(rules, 200, "nochg 192.0.2.1\ngood 2001:db8::1", WH_RESULT_CHANGED);
    check(rules, 200, "good 192.0.2.1\ndnserr", WH_RESULT_SERVER);
    check(rules, 200, "good 192.0.2.1\nthanks", WH_RESULT_CHANGED);
    check(rules, 200, "dnserr\ngood", WH_RESULT_SERVER);
}

static gint64 wait_of(const char *body, gint64 retry_after)
{
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = dyndns2\n");
    const WhHttpResponse response = {
        .status = 200, .body = body, .length = strlen(body), .retry_after = retry_after};
    g_autoptr(GPtrArray) outcomes = wh_answers_judge(rules, &response, 1);
    return ((WhOutcome *)outcomes->pdata[0])->retry_after;
}

static void test_waits(void)
{
    g_assert_cmpint(wait_of("w2h", 0), ==, 2 * WH_HOUR);
    g_assert_cmpint(wait_of("w7m", 0), ==, 7 * WH_MINUTE);
    g_assert_cmpint(wait_of("w30s", 0), ==, 30 * WH_SECOND);
    g_assert_cmpint(wait_of("w30s", WH_MINUTE), ==, WH_MINUTE);
    g_assert_cmpint(wait_of("w99999h", 0), ==, 7 * WH_DAY);
    g_assert_cmpint(wait_of("w99999999999999999999h", 0), ==, 0);
    g_assert_cmpint(wait_of("good", 5), ==, 5);
}

static char *detail_of(guint status, const char *body, const char *location)
{
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = dyndns2\n");
    const WhHttpResponse response = {
        .status = status, .body = body, .length = strlen(body), .location = location};
    g_autoptr(GPtrArray) outcomes = wh_answers_judge(rules, &response, 1);
    return g_strdup(((WhOutcome *)outcomes->pdata[0])->detail);
}

static void test_details(void)
{
    g_autofree char *page = detail_of(200, "<HTML><title>Hotel</title>", NULL);
    g_assert_nonnull(strstr(page, "a web page (HTTP 200)"));
    g_assert_null(strstr(page, "Hotel"));
    g_autofree char *empty = detail_of(200, "", NULL);
    g_assert_nonnull(strstr(empty, "empty (HTTP 200)"));
    g_autofree char *raw = detail_of(200, "something else", NULL);
    g_assert_nonnull(strstr(raw, "something else"));
    g_autofree char *known = detail_of(200, "nohost", NULL);
    g_assert_cmpstr(known, ==, "nohost");
    g_autofree char *status = detail_of(401, "Go away", NULL);
    g_assert_cmpstr(status, ==, "HTTP 401: Go away");
    g_autofree char *redirect =
        detail_of(302, "", "https://u:pw@elsewhere.example/nic?token=geheim");
    g_assert_nonnull(strstr(redirect, "elsewhere.example"));
    g_assert_null(strstr(redirect, "geheim"));
    g_assert_null(strstr(redirect, "pw"));
    g_autofree char *relative = detail_of(302, "", "/login?x=geheim");
    g_assert_nonnull(strstr(relative, "another page"));
    g_assert_null(strstr(relative, "geheim"));
}

/* A pattern that backtracks without end gives up instead. */
static void test_bounded_regex(void)
{
    g_autoptr(WhAnswerRules) rules =
        rules_of("[answers]\nlines = whole\nslow = CHANGED regex ^(a+)+$\n");
    g_autofree char *body = g_strnfill(10000, 'a');
    body[60] = '!';
    check(rules, 200, body, WH_RESULT_FAIL);
    check(rules, 200, "aaaa", WH_RESULT_CHANGED);
}

static void test_byte_order_mark(void)
{
    g_autoptr(WhAnswerRules) rules = rules_of("[answers]\npreset = dyndns2\n");
    check(rules, 200, "\xef\xbb\xbfgood 192.0.2.1", WH_RESULT_CHANGED);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answers/dyndns2", test_dyndns2);
    g_test_add_func("/answers/duckdns", test_duckdns);
    g_test_add_func("/answers/desec", test_desec);
    g_test_add_func("/answers/rest-preset", test_rest_preset);
    g_test_add_func("/answers/text-before-status", test_text_before_status);
    g_test_add_func("/answers/order", test_order);
    g_test_add_func("/answers/several-hosts", test_several_hosts);
    g_test_add_func("/answers/a-line-for-each-address", test_a_line_for_each_address);
    g_test_add_func("/answers/waits", test_waits);
    g_test_add_func("/answers/details", test_details);
    g_test_add_func("/answers/bounded-regex", test_bounded_regex);
    g_test_add_func("/answers/byte-order-mark", test_byte_order_mark);
    return g_test_run();
}
