/* Every kind of nonsense that an operator may answer: either it is no answer, or it is an address
 * that nobody publishes, whoever else says so. */
#include "service/detect/outside.h"
#include "service/detect/verdict.h"

#include <string.h>

typedef struct {
    const char *name;
    const char *body;
    gsize filler; /* so many spaces after it */
} Nonsense;

static const Nonsense kinds[] = {
    {"html", "<html><body>Your address is 11.22.33.99</body></html>", 0},
    {"json", "{\"ip\":\"11.22.33.99\"}", 0},
    {"json-list", "[\"11.22.33.99\"]", 0},
    {"private", "192.168.77.5", 0},
    {"private-10", "10.1.2.3\n", 0},
    {"loopback", "127.0.0.1", 0},
    {"carrier-nat", "100.64.9.9", 0},
    {"zero", "0.0.0.0", 0},
    {"broadcast", "255.255.255.255", 0},
    {"multicast", "224.0.0.5", 0},
    {"link-local", "169.254.3.4", 0},
    {"documentation", "203.0.113.7", 0},
    {"benchmark", "198.18.0.1", 0},
    {"reserved", "240.0.0.1", 0},
    {"octet-999", "11.22.33.999", 0},
    {"octal", "013.22.33.44", 0},
    {"hexadecimal", "0x0b.22.33.44", 0},
    {"decimal", "185999660", 0},
    {"three-parts", "11.22.33", 0},
    {"five-parts", "11.22.33.44.55", 0},
    {"portal", "<script src=\"/jquery-1.12.4.2.js\"></script>Sign in at 192.168.100.1", 0},
    {"redirect", "<a href=\"http://192.168.100.1/login\">Moved</a>", 0},
    {"nothing-found", "I do not know your address.", 0},
    {"ipv6", "2606:4700::1", 0},
    {"mapped", "::ffff:11.22.33.99", 0},
    {"big", "x", 5000},
    {"big-with-address", "11.22.33.99", 5000},
    {"error-page", "500 Internal Server Error (11.22.33.99)", 0},
    {"empty", "", 0},
    {"blank", " \r\n\t", 0},
    {"two", "11.22.33.98\n11.22.33.99\n", 0},
    {"two-in-a-line", "11.22.33.98, 11.22.33.99", 0},
    {"twice", "11.22.33.99 11.22.33.99", 0},
    {"with-port", "11.22.33.99:443", 0},
    {"with-prefix", "11.22.33.99/24", 0},
    {"with-zone", "11.22.33.99%eth0", 0},
    {"quoted", "\"11.22.33.99\"", 0},
    {"labelled", "ip=11.22.33.99", 0},
    {"minus", "-11.22.33.99", 0},
    {"full-width", "\xef\xbc\x91\xef\xbc\x91.22.33.99", 0},
    {"byte-order-mark",
     "\xef\xbb\xbf"
     "11.22.33.99",
     0},
    {"comma-for-dot", "11,22,33,99", 0},
    {"trailing-dot", "11.22.33.99.", 0},
};

static char *body_of(const Nonsense *kind, gsize *length)
{
    *length = strlen(kind->body) + kind->filler;
    char *body = g_malloc(*length + 1);
    memset(body, ' ', *length);
    memcpy(body, kind->body, strlen(kind->body));
    return body;
}

/* Also when everybody says the same. */
static void check_never_published(const WhAddress *address)
{
    g_autoptr(GPtrArray) observations =
        g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
    const WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE};
    g_ptr_array_add(observations, wh_observation_new("a", "A", WH_SOURCE_OUTSIDE, address, 0));
    g_ptr_array_add(observations, wh_observation_new("b", "B", WH_SOURCE_OUTSIDE, address, 0));
    g_ptr_array_add(observations,
                    wh_observation_new(WH_SOURCE_GATEWAY_NAME, WH_SOURCE_GATEWAY_ORGANISATION,
                                       WH_SOURCE_GATEWAY, address, 0));
    g_autoptr(WhVerdict) verdict = wh_verdict_reach(WH_FAMILY_IPV4, &context, observations, 0);
    g_assert_false(verdict->known);
    g_assert_cmpint(verdict->reason, ==, WH_VERDICT_SPECIAL);
}

static void test_kind(gconstpointer data)
{
    const Nonsense *kind = data;
    g_autoptr(WhOutsideOperator) operator_ = wh_outside_operator_new("one", "First");
    gsize length;
    g_autofree char *body = body_of(kind, &length);
    WhAddress address;
    if (wh_outside_read_answer(operator_, WH_FAMILY_IPV4, body, length, &address))
        check_never_published(&address);
}

/* The test itself would see a wrong one. */
static void test_sense(void)
{
    g_autoptr(WhOutsideOperator) operator_ = wh_outside_operator_new("one", "First");
    WhAddress address;
    g_assert_true(wh_outside_read_answer(operator_, WH_FAMILY_IPV4, "11.22.33.99\n", 12, &address));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *path = g_strconcat("/outside/nonsense/", kinds[i].name, NULL);
        g_test_add_data_func(path, &kinds[i], test_kind);
    }
    g_test_add_func("/outside/nonsense/sense", test_sense);
    return g_test_run();
}
