#include "service/reconcile/proof.h"

#define RIGHT "203.0.113.1"
#define OTHER "203.0.113.9"
#define THIRD "203.0.113.8"

/* servers: one letter each: r right, o other, t third, n no address, b right and other, s silent,
 * x no authority, a alias. */
typedef struct {
    const char *zone;
    const char *servers;
    const char *status;
    const char *why;
    gboolean clear;
} Row;

static const Row rows[] = {
    {"example.org", "r", "proven", "", FALSE},
    {"example.org", "rrr", "proven", "", FALSE},
    {"example.org", "rss", "proven", "", FALSE},
    {"example.org", "rx", "proven", "", FALSE},
    {"example.org", "ro", "differs", "", FALSE},
    {"example.org", "rn", "differs", "", FALSE},
    {"example.org", "b", "differs", "", FALSE},
    {"example.org", "rb", "differs", "", FALSE},
    {"example.org", "ra", "differs", "", FALSE},
    {"example.org", "o", "differs", "", TRUE},
    {"example.org", "oos", "differs", "", TRUE},
    {"example.org", "n", "differs", "", TRUE},
    {"example.org", "nn", "differs", "", TRUE},
    {"example.org", "on", "differs", "", FALSE},
    {"example.org", "ot", "differs", "", FALSE},
    {"example.org", "ox", "differs", "", FALSE},
    {"example.org", "oa", "differs", "", FALSE},
    {"example.org", "bb", "differs", "", FALSE},
    {"example.org", "a", "unprovable", "aliased", FALSE},
    {"example.org", "as", "unprovable", "aliased", FALSE},
    {"example.org", "ax", "unprovable", "aliased", FALSE},
    {"example.org", "x", "unprovable", "intercepted", FALSE},
    {"example.org", "xs", "unprovable", "intercepted", FALSE},
    {"example.org", "s", "unprovable", "no_answer", FALSE},
    {"example.org", "", "unprovable", "no_answer", FALSE},
    {NULL, "", "unprovable", "no_zone", FALSE},
};

static WhAddress address_of(const char *text)
{
    WhAddress address;
    g_assert_true(wh_address_parse(text, &address));
    return address;
}

static void add(WhWitness *witness, const char *text)
{
    WhAddress address = address_of(text);
    g_array_append_val(witness->addresses, address);
}

static WhWitness *witness_from(char letter, guint32 ttl)
{
    WhWitnessKind kind = letter == 's'   ? WH_WITNESS_UNREACHABLE
                         : letter == 'x' ? WH_WITNESS_NO_AUTHORITY
                         : letter == 'a' ? WH_WITNESS_ALIASED
                                         : WH_WITNESS_ANSWERED;
    WhWitness *witness = wh_witness_new("ns", "198.51.100.53", kind);
    witness->ttl = ttl;
    if (letter == 'r' || letter == 'b' || letter == 'x')
        add(witness, RIGHT);
    if (letter == 'o' || letter == 'b')
        add(witness, OTHER);
    if (letter == 't')
        add(witness, THIRD);
    return witness;
}

static WhProof *conclude(const char *zone, const char *servers)
{
    WhAddress right = address_of(RIGHT);
    g_autoptr(GPtrArray) witnesses =
        g_ptr_array_new_with_free_func((GDestroyNotify)wh_witness_free);
    for (guint i = 0; servers[i] != '\0'; i++)
        g_ptr_array_add(witnesses, witness_from(servers[i], 60 * (i + 1)));
    return wh_proof_conclude(zone, witnesses, &right, 7);
}

static void test_table(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(WhProof) proof = conclude(rows[i].zone, rows[i].servers);
        g_test_message("%s", rows[i].servers);
        g_assert_cmpstr(wh_proof_status_name(proof->status), ==, rows[i].status);
        g_assert_cmpstr(wh_unprovable_name(proof->why), ==, rows[i].why);
        g_assert_true(wh_proof_is_clear_difference(proof) == rows[i].clear);
        g_assert_cmpint(proof->at, ==, 7);
    }
}

static void test_contents(void)
{
    WhAddress right = address_of(RIGHT);
    g_autoptr(WhProof) proof = conclude("example.org", "rrs");
    g_assert_cmpstr(proof->zone, ==, "example.org");
    g_assert_cmpuint(proof->witnesses->len, ==, 3);
    g_assert_cmpuint(proof->ttl, ==, 120);
    g_assert_cmpuint(wh_proof_count_agreeing(proof, &right), ==, 2);
    const WhWitness *second = g_ptr_array_index(proof->witnesses, 1);
    g_assert_cmpstr(second->server, ==, "ns");
    g_assert_cmpstr(second->at, ==, "198.51.100.53");
    g_assert_cmpuint(second->ttl, ==, 120);
    g_assert_cmpuint(second->addresses->len, ==, 1);
}

static void test_nothing(void)
{
    WhAddress right = address_of(RIGHT);
    g_autoptr(WhProof) none = wh_proof_new();
    g_autoptr(WhProof) nobody = wh_proof_conclude("example.org", NULL, &right, 1);
    g_assert_cmpstr(wh_proof_status_name(none->status), ==, "none");
    g_assert_cmpstr(wh_proof_status_name(WH_PROOF_CHECKING), ==, "checking");
    g_assert_cmpstr(wh_unprovable_name(WH_UNPROVABLE_PROXIED), ==, "proxied");
    g_assert_cmpint(nobody->why, ==, WH_UNPROVABLE_NO_ANSWER);
    wh_proof_free(NULL);
    wh_witness_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/proof/table", test_table);
    g_test_add_func("/proof/contents", test_contents);
    g_test_add_func("/proof/nothing", test_nothing);
    return g_test_run();
}
