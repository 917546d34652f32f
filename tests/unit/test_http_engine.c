#include "tests/unit/test_fake_http.h"
#include "tests/unit/test_providers_world.h"

#include <string.h>

#define V4 "192.0.2.7"
#define V6 "2001:db8::7"

static const TestRequest *request(TestWorld *world, guint i)
{
    return test_fake_http_request(world->http, i);
}

static void answer_all(TestWorld *world, const char *body)
{
    for (guint i = 0; i < test_fake_http_count(world->http); i++)
        test_fake_http_answer(world->http, i, 200, body);
}

static void use_dyndns2(TestWorld *world, const char *ipv6)
{
    test_world_account(world, "dyndns2");
    test_world_field(world, "url", "https://members.example/nic/update");
    test_world_field(world, "user", "me & you");
    test_world_secret(world, "password", "geheim&wort");
    if (ipv6 != NULL)
        test_world_field(world, "ipv6", ipv6);
}

static void test_dyndns2(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", V4, NULL);
    test_world_send(world);
    g_assert_cmpuint(test_fake_http_count(world->http), ==, 1);
    const TestRequest *sent = request(world, 0);
    g_assert_cmpstr(sent->method, ==, "GET");
    g_assert_cmpstr(sent->url, ==,
                    "https://members.example/nic/update?hostname=a.example&myip=" V4);
    g_assert_cmpstr(sent->shown_url, ==, sent->url);
    g_assert_cmpstr(sent->user, ==, "me & you");
    g_assert_cmpstr(sent->password, ==, "geheim&wort");
    g_assert_cmpint(sent->family, ==, WH_HTTP_ANY_FAMILY);
    g_assert_false(sent->allow_plain);
    test_fake_http_answer(world->http, 0, 200, "good " V4);
    g_assert_cmpuint(world->calls, ==, 1);
    test_world_expect(world, 0, WH_RESULT_CHANGED, "good");
    g_assert_cmpint(world->sent, ==, 1000);
    g_assert_cmpint(world->answered, ==, 2000);
}

/* Each family by itself, and what came of both is joined. */
static void test_separate_families(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, "separate");
    test_world_host(world, "a.example", V4, V6);
    test_world_send(world);
    g_assert_cmpuint(test_fake_http_count(world->http), ==, 2);
    g_assert_true(g_str_has_suffix(request(world, 0)->url, "?hostname=a.example&myip=" V4));
    g_assert_true(g_str_has_suffix(request(world, 1)->url, "?hostname=a.example&myip=" V6));
    test_fake_http_answer(world->http, 1, 200, "good " V6);
    g_assert_cmpuint(world->calls, ==, 0);
    test_fake_http_answer(world->http, 0, 200, "nochg " V4);
    test_world_expect(world, 0, WH_RESULT_CHANGED, NULL);
    g_assert_cmpint(world->sent, ==, 1000);
    g_assert_cmpint(world->answered, ==, 2001);

    test_world_send(world);
    test_fake_http_answer(world->http, 2, 200, "badauth");
    test_fake_http_answer(world->http, 3, 200, "good");
    test_world_expect(world, 0, WH_RESULT_AUTH, NULL);

    test_world_send(world);
    test_fake_http_answer(world->http, 4, 200, "good");
    test_fake_http_answer(world->http, 5, 200, "nohost");
    test_world_expect(world, 0, WH_RESULT_HOST, NULL);
}

static void test_families_together(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, "myipv6");
    test_world_host(world, "a.example", V4, V6);
    test_world_host(world, "b.example", NULL, V6);
    test_world_send(world);
    g_assert_true(
        g_str_has_suffix(request(world, 0)->url, "?hostname=a.example&myip=" V4 "&myipv6=" V6));
    g_assert_true(g_str_has_suffix(request(world, 1)->url, "?hostname=b.example&myipv6=" V6));
    answer_all(world, "good");
}

static void test_plain_http(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_field(world, "url", "http://router.example");
    test_world_host(world, "a.example", V4, NULL);
    test_world_send(world);
    g_assert_cmpstr(request(world, 0)->url, ==,
                    "http://router.example/nic/update?hostname=a.example&myip=" V4);
    g_assert_true(request(world, 0)->allow_plain);
    answer_all(world, "good");
}

static void test_duckdns(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "duckdns");
    test_world_secret(world, "token", "1234-5678");
    test_world_host(world, "a.duckdns.org", V4, NULL);
    test_world_host(world, "b.duckdns.org", V4, NULL);
    test_world_host(world, "c.duckdns.org", V4, V6);
    test_world_host(world, "d.duckdns.org", NULL, V6);
    test_world_send(world);
    g_assert_cmpuint(test_fake_http_count(world->http), ==, 3);
    g_assert_cmpstr(request(world, 0)->url, ==,
                    "https://www.duckdns.org/update?domains=a,b&token=1234-5678&ip=" V4
                    "&verbose=true");
    g_assert_cmpstr(request(world, 0)->shown_url, ==,
                    "https://www.duckdns.org/update?domains=a,b&token=[secret]&ip=" V4
                    "&verbose=true");
    g_assert_cmpstr(request(world, 1)->url, ==,
                    "https://www.duckdns.org/update?domains=c&token=1234-5678&ip=" V4 "&ipv6=" V6
                    "&verbose=true");
    /* Without an address in ip the server would publish where the request came from. */
    g_assert_cmpstr(request(world, 2)->url, ==,
                    "https://www.duckdns.org/update?domains=d&token=1234-5678&ip=" V6
                    "&verbose=true");
    g_assert_null(request(world, 0)->user);
    test_fake_http_answer(world->http, 0, 200, "OK\n" V4 "\n\nUPDATED");
    test_fake_http_answer(world->http, 1, 200, "KO");
    test_fake_http_answer(world->http, 2, 200, "OK\n\n" V6 "\nNOCHANGE");
    test_world_expect(world, 0, WH_RESULT_CHANGED, NULL);
    test_world_expect(world, 1, WH_RESULT_CHANGED, NULL);
    test_world_expect(world, 2, WH_RESULT_AUTH, "token");
    test_world_expect(world, 3, WH_RESULT_SAME, NULL);
}

static void test_desec(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "desec");
    test_world_secret(world, "token", "t0k+n");
    test_world_host(world, "a.dedyn.io", V4, V6);
    test_world_host(world, "b.dedyn.io", V4, NULL);
    test_world_host(world, "c.dedyn.io", NULL, V6);
    test_world_send(world);
    g_assert_cmpstr(request(world, 0)->url, ==,
                    "https://update.dedyn.io/?hostname=a.dedyn.io&myipv4=" V4 "&myipv6=" V6);
    g_assert_cmpstr(request(world, 1)->url, ==,
                    "https://update.dedyn.io/?hostname=b.dedyn.io&myipv4=" V4 "&myipv6=preserve");
    g_assert_cmpstr(request(world, 2)->url, ==,
                    "https://update.dedyn.io/?hostname=c.dedyn.io&myipv4=preserve&myipv6=" V6);
    g_assert_cmpstr(request(world, 0)->headers, ==, "Authorization: Token t0k+n\n");
    answer_all(world, "good");
    test_world_expect(world, 2, WH_RESULT_CHANGED, NULL);
}

static void test_noip(TestWorld *world, gconstpointer data)
{
    test_world_account(world, "noip");
    test_world_field(world, "user", "group%user");
    test_world_secret(world, "password", "p:w");
    test_world_host(world, "a.ddns.example", V4, V6);
    test_world_host(world, "b.ddns.example", V4, V6);
    test_world_host(world, "c.ddns.example", NULL, V6);
    test_world_send(world);
    g_assert_cmpstr(request(world, 0)->url, ==,
                    "https://dynupdate.no-ip.com/nic/"
                    "update?hostname=a.ddns.example,b.ddns.example&myip=" V4 "&myipv6=" V6);
    g_assert_cmpstr(request(world, 1)->url, ==,
                    "https://dynupdate.no-ip.com/nic/update?hostname=c.ddns.example&myipv6=" V6);
    g_assert_cmpstr(request(world, 0)->user, ==, "group%user");
    test_fake_http_answer(world->http, 0, 200, "good " V4 "," V6 "\nnohost");
    test_fake_http_answer(world->http, 1, 200, "nochg " V6);
    test_world_expect(world, 0, WH_RESULT_CHANGED, NULL);
    test_world_expect(world, 1, WH_RESULT_HOST, NULL);
    test_world_expect(world, 2, WH_RESULT_SAME, NULL);
}

static void load(TestWorld *world, const char *text)
{
    g_autofree char *folder = test_world_folder();
    test_world_write(folder, "sample.provider", text);
    g_auto(GStrv) wrong = wh_providers_load_folder(world->providers, folder);
    test_world_remove_folder(folder);
    g_assert_null(wrong[0]);
    test_world_account(world, "sample");
}

static void test_everything_else(TestWorld *world, gconstpointer data)
{
    load(world, "[provider]\nname = Sample\nengine = http\n"
                "[field key]\nlabel = Key\nkind = secret\nrequired = true\n"
                "[http]\nmethod = PUT\nforce-family = true\n"
                "url = https://v4.sample.example/{host}\n"
                "url-ipv6 = https://v6.sample.example/{host}\n"
                "header-1 = X-Key: {key}\nheader-2 = Accept: application/json\n"
                "body-type = application/json\nbody = "
                "{{\"key\":\"{key}\",\"ip\":\"{ip}\"[,\"ttl\":{ttl}]}}\n"
                "[answers]\npreset = http-rest\n");
    test_world_secret(world, "key", "a\"b");
    test_world_host(world, "a.example", V4, V6)->ttl = 120;
    test_world_host(world, "b.example", V4, NULL);
    test_world_send(world);
    g_assert_cmpuint(test_fake_http_count(world->http), ==, 3);
    g_assert_cmpstr(request(world, 0)->url, ==, "https://v4.sample.example/a.example");
    g_assert_cmpstr(request(world, 0)->method, ==, "PUT");
    g_assert_cmpstr(request(world, 0)->headers, ==, "X-Key: a\"b\nAccept: application/json\n");
    g_assert_cmpstr(request(world, 0)->body, ==,
                    "{\"key\":\"a\\\"b\",\"ip\":\"" V4 "\",\"ttl\":120}");
    g_assert_cmpstr(request(world, 0)->body_type, ==, "application/json");
    g_assert_cmpint(request(world, 0)->family, ==, WH_HTTP_IPV4_ONLY);
    g_assert_cmpstr(request(world, 1)->url, ==, "https://v6.sample.example/a.example");
    g_assert_cmpint(request(world, 1)->family, ==, WH_HTTP_IPV6_ONLY);
    g_assert_cmpstr(request(world, 2)->body, ==, "{\"key\":\"a\\\"b\",\"ip\":\"" V4 "\"}");
    answer_all(world, "{}");
    test_world_expect(world, 0, WH_RESULT_CHANGED, "HTTP 200");
    g_autofree char *endpoint = wh_providers_endpoint(world->providers, world->account);
    g_assert_cmpstr(endpoint, ==, "https://v4.sample.example https://v6.sample.example");
}

/* No request line is longer than servers take, and each host is asked for once. */
static void test_long_requests(TestWorld *world, gconstpointer data)
{
    load(world,
         "[provider]\nname = Sample\nengine = http\n"
         "[manners]\nmax-hosts = 1000\n[http]\n"
         "url = https://sample.example/u?hosts={hosts}&ip={ip}\n[answers]\npreset = dyndns2\n");
    g_autofree char *label = g_strnfill(60, 'x');
    for (guint i = 0; i < 500; i++) {
        g_autofree char *name = g_strdup_printf("%s%03u.example", label, i);
        test_world_host(world, name, V4, NULL);
    }
    test_world_send(world);
    guint count = test_fake_http_count(world->http);
    guint hosts = 0;
    g_assert_cmpuint(count, >=, 5);
    g_assert_cmpuint(count, <=, 10);
    for (guint i = 0; i < count; i++) {
        g_assert_cmpuint(strlen(request(world, i)->url), <=, 8000);
        g_auto(GStrv) names = g_strsplit(request(world, i)->url, ",", -1);
        g_autoptr(GString) body = g_string_new(NULL);
        for (char **name = names; *name != NULL; name++)
            g_string_append(body, hosts++ == 300 ? "nohost\n" : "good\n");
        test_fake_http_answer(world->http, i, 200, body->str);
    }
    g_assert_cmpuint(hosts, ==, 500);
    g_assert_cmpuint(world->calls, ==, 1);
    for (guint i = 0; i < 500; i++)
        test_world_expect(world, i, i == 300 ? WH_RESULT_HOST : WH_RESULT_CHANGED, NULL);
}

static void test_errors(TestWorld *world, gconstpointer data)
{
    static const struct {
        WhHttpErrorCode code;
        WhResultClass result;
        gboolean may_have_arrived;
    } cases[] = {
        {WH_HTTP_ERROR_INVALID, WH_RESULT_BADREQ, FALSE},
        {WH_HTTP_ERROR_RESOLVE, WH_RESULT_NO_ANSWER, FALSE},
        {WH_HTTP_ERROR_CONNECT, WH_RESULT_NO_ANSWER, FALSE},
        {WH_HTTP_ERROR_TLS, WH_RESULT_NO_ANSWER, FALSE},
        {WH_HTTP_ERROR_TIMEOUT, WH_RESULT_NO_ANSWER, TRUE},
        {WH_HTTP_ERROR_BROKEN, WH_RESULT_NO_ANSWER, TRUE},
        {WH_HTTP_ERROR_CANCELLED, WH_RESULT_NO_ANSWER, FALSE},
    };
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", V4, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        test_world_send(world);
        test_fake_http_fail(world->http, i, cases[i].code, "Something is not as it should be.");
        test_world_expect(world, 0, cases[i].result, "Something is not");
        g_assert_cmpint(world->sent != 0, ==, cases[i].may_have_arrived);
        g_assert_cmpint(world->answered, ==, 0);
    }
}

/* Servers that repeat the question repeat what was secret in it. */
static void test_no_secret_comes_back(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", V4, NULL);
    static const char *const bodies[] = {
        "wrong password geheim&wort", "GEHEIM&WORT", "?p=geheim%26wort",
        "Basic bWUgJiB5b3U6Z2VoZWltJndvcnQ=", "nohost geheim&wort"};
    for (guint i = 0; i < G_N_ELEMENTS(bodies); i++) {
        test_world_send(world);
        test_fake_http_answer(world->http, i, 200, bodies[i]);
        test_world_expect(world, 0, i < 4 ? WH_RESULT_FAIL : WH_RESULT_HOST, "[secret]");
        const char *detail = ((WhOutcome *)world->outcomes->pdata[0])->detail;
        g_assert_null(strstr(detail, "geheim"));
        g_assert_null(strstr(detail, "GEHEIM"));
        g_assert_null(strstr(detail, "Z2VoZWlt"));
    }
    g_autofree char *long_body = g_strnfill(3000, 'y');
    test_world_send(world);
    test_fake_http_answer(world->http, G_N_ELEMENTS(bodies), 200, long_body);
    test_world_expect(world, 0, WH_RESULT_FAIL, "yyy");
}

static void test_retry_after(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", V4, NULL);
    test_world_send(world);
    const WhHttpResponse response = {
        .status = 429, .body = "", .retry_after = 90 * WH_SECOND, .sent = 1, .answered = 2};
    test_fake_http_respond(world->http, 0, &response);
    test_world_expect(world, 0, WH_RESULT_RATE, "HTTP 429");
    g_assert_cmpint(((WhOutcome *)world->outcomes->pdata[0])->retry_after, ==, 90 * WH_SECOND);
}

static void test_nothing_to_send(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", NULL, NULL);
    test_world_send(world);
    g_assert_cmpuint(test_fake_http_count(world->http), ==, 0);
    test_world_wait(world);
    test_world_expect(world, 0, WH_RESULT_BADREQ, "no address");
    use_dyndns2(world, NULL);
    g_hash_table_remove_all(world->secrets);
    test_world_host(world, "a.example", V4, NULL);
    test_world_send(world);
    test_world_wait(world);
    test_world_expect(world, 0, WH_RESULT_BADREQ, "password");
}

static void test_cancel(TestWorld *world, gconstpointer data)
{
    use_dyndns2(world, NULL);
    test_world_host(world, "a.example", V4, V6);
    guint64 handle = test_world_send(world);
    wh_providers_cancel(world->providers, handle);
    wh_providers_cancel(world->providers, handle);
    for (guint i = 0; i < 2; i++)
        g_assert_null(request(world, i)->done);
    g_hash_table_remove_all(world->secrets);
    handle = test_world_send(world);
    wh_providers_cancel(world->providers, handle);
    wh_fake_clock_advance(world->fake, WH_SECOND);
    g_assert_cmpuint(world->calls, ==, 0);
    /* One is left for the tear-down to end. */
    test_world_secret(world, "password", "x");
    test_world_send(world);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*test)(TestWorld *world, gconstpointer data);
    } tests[] = {
        {"/http-engine/dyndns2", test_dyndns2},
        {"/http-engine/separate-families", test_separate_families},
        {"/http-engine/families-together", test_families_together},
        {"/http-engine/plain-http", test_plain_http},
        {"/http-engine/duckdns", test_duckdns},
        {"/http-engine/desec", test_desec},
        {"/http-engine/noip", test_noip},
        {"/http-engine/everything-else", test_everything_else},
        {"/http-engine/long-requests", test_long_requests},
        {"/http-engine/errors", test_errors},
        {"/http-engine/no-secret-comes-back", test_no_secret_comes_back},
        {"/http-engine/retry-after", test_retry_after},
        {"/http-engine/nothing-to-send", test_nothing_to_send},
        {"/http-engine/cancel", test_cancel},
    };
    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, TestWorld, NULL, test_world_set_up, tests[i].test,
                   test_world_tear_down);
    return g_test_run();
}
