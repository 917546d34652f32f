#include "service/detect/verdict.h"

#include <string.h>

#define NOW 5000

/* said: words "ORGANISATION/source=ADDRESS" of the outside, "inside=ADDRESS" of the interface, and
 * "ORGANISATION/source!" for one that failed. */
typedef struct {
    const char *name;
    WhFamily family;
    gboolean has_route;
    gboolean has_address;
    gboolean asking;
    const char *said;
    WhVerdictReason reason;
    const char *address;
} Row;

#define V4 WH_FAMILY_IPV4
#define V6 WH_FAMILY_IPV6

static const Row rows[] = {
    {"direct", V4, 1, 1, 0, "inside=11.22.33.44", WH_VERDICT_DIRECT, "11.22.33.44"},
    {"direct-while-asking", V4, 1, 1, 1, "inside=11.22.33.44", WH_VERDICT_DIRECT, "11.22.33.44"},
    {"first-of-two", V4, 1, 1, 0, "inside=11.22.33.44 inside=11.22.33.45", WH_VERDICT_DIRECT,
     "11.22.33.44"},
    {"past-the-private-one", V4, 1, 1, 0, "inside=192.168.1.2 inside=11.22.33.44",
     WH_VERDICT_DIRECT, "11.22.33.44"},
    {"direct-beats-outside", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 inside=11.22.33.44",
     WH_VERDICT_DIRECT, "11.22.33.44"},
    {"no-route", V4, 0, 0, 0, "", WH_VERDICT_NO_ROUTE, NULL},
    {"no-route-beats-all", V4, 0, 1, 1, "inside=11.22.33.44 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_NO_ROUTE, NULL},
    {"no-address", V4, 1, 0, 1, "", WH_VERDICT_NO_ADDRESS, NULL},
    {"asking", V4, 1, 1, 1, "inside=192.168.1.2", WH_VERDICT_ASKING, NULL},
    {"nobody-asked", V4, 1, 1, 0, "inside=192.168.1.2", WH_VERDICT_ASKING, NULL},
    {"one-so-far", V4, 1, 1, 1, "inside=10.0.0.2 A/a=11.1.1.1", WH_VERDICT_ASKING, NULL},
    {"failures-so-far", V4, 1, 1, 1, "A/a! B/b!", WH_VERDICT_ASKING, NULL},
    {"agreed", V4, 1, 1, 0, "inside=192.168.1.2 A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"agreed-early", V4, 1, 1, 1, "A/a=11.1.1.1 B/b=11.1.1.1", WH_VERDICT_AGREED, "11.1.1.1"},
    {"agreed-by-three", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"agreed-despite-failure", V4, 1, 1, 0, "A/a=11.1.1.1 B/b! C/c=11.1.1.1", WH_VERDICT_AGREED,
     "11.1.1.1"},
    {"behind-carrier-nat", V4, 1, 1, 0, "inside=100.64.0.9 A/a=11.1.1.1 B/b=11.1.1.1",
     WH_VERDICT_AGREED, "11.1.1.1"},
    {"same-organisation", V4, 1, 1, 0, "A/a=11.1.1.1 A/a2=11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
    {"same-organisation-so-far", V4, 1, 1, 1, "A/a=11.1.1.1 A/a2=11.1.1.1", WH_VERDICT_ASKING,
     NULL},
    {"one-witness", V4, 1, 1, 0, "A/a=11.1.1.1 B/b!", WH_VERDICT_ONE_WITNESS, NULL},
    {"two-contradict", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.2", WH_VERDICT_DISAGREED, NULL},
    {"third-contradicts", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"first-contradicts", V4, 1, 1, 0, "A/a=11.1.1.2 B/b=11.1.1.1 C/c=11.1.1.1",
     WH_VERDICT_DISAGREED, NULL},
    {"organisation-contradicts-itself", V4, 1, 1, 0, "A/a=11.1.1.1 A/a2=11.1.1.2",
     WH_VERDICT_DISAGREED, NULL},
    {"private-one-contradicts", V4, 1, 1, 0, "A/a=11.1.1.1 B/b=11.1.1.1 C/c=192.168.1.1",
     WH_VERDICT_DISAGREED, NULL},
    {"special", V4, 1, 1, 0, "A/a=100.64.0.9 B/b=100.64.0.9", WH_VERDICT_SPECIAL, NULL},
    {"documentation-is-special", V4, 1, 1, 0, "A/a=198.51.100.7 B/b=198.51.100.7",
     WH_VERDICT_SPECIAL, NULL},
    {"documentation-is-not-direct", V4, 1, 1, 1, "inside=203.0.113.9", WH_VERDICT_ASKING, NULL},
    {"silent", V4, 1, 1, 0, "inside=192.168.1.2 A/a! B/b!", WH_VERDICT_SILENT, NULL},
    {"silent-one", V4, 1, 1, 0, "A/a!", WH_VERDICT_SILENT, NULL},
    {"ipv6-direct", V6, 1, 1, 0, "inside=2606:4700::1", WH_VERDICT_DIRECT, "2606:4700::1"},
    {"ipv6-past-ula", V6, 1, 1, 0, "inside=fd00::1 inside=2606:4700::1", WH_VERDICT_DIRECT,
     "2606:4700::1"},
    {"ipv6-ula-only", V6, 1, 1, 1, "inside=fd00::1", WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-nothing", V6, 1, 0, 1, "", WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-never-from-outside", V6, 1, 1, 0, "inside=fd00::1 A/a=2606:4700::9 B/b=2606:4700::9",
     WH_VERDICT_NO_ADDRESS, NULL},
    {"ipv6-no-route", V6, 0, 1, 0, "inside=2606:4700::1", WH_VERDICT_NO_ROUTE, NULL},
    {"other-family-is-no-evidence", V4, 1, 1, 0,
     "inside=2606:4700::1 A/a=2606:4700::9 B/b=11.1.1.1", WH_VERDICT_ONE_WITNESS, NULL},
};

static WhObservation *read_word(const char *word, WhFamily family)
{
    g_auto(GStrv) parts = g_strsplit_set(word, "/=!", 3);
    const char *equals = strchr(word, '=');
    if (equals == NULL)
        return wh_observation_new_failed(parts[1], parts[0], WH_SOURCE_OUTSIDE, family, "no answer",
                                         NOW);
    WhAddress address;
    g_assert_true(wh_address_parse(equals + 1, &address));
    if (g_str_has_prefix(word, "inside="))
        return wh_observation_new("interface", "this computer", WH_SOURCE_INTERFACE, &address, NOW);
    return wh_observation_new(parts[1], parts[0], WH_SOURCE_OUTSIDE, &address, NOW);
}

static GPtrArray *read_words(const char *said, WhFamily family)
{
    GPtrArray *observations = g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
    g_auto(GStrv) words = g_strsplit(said, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        if (*words[i] != '\0')
            g_ptr_array_add(observations, read_word(words[i], family));
    return observations;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    g_autoptr(GPtrArray) observations = read_words(row->said, row->family);
    WhVerdictContext context = {
        .has_route = row->has_route, .has_address = row->has_address, .asking = row->asking};
    g_autoptr(WhVerdict) verdict = wh_verdict_reach(row->family, &context, observations, NOW);
    g_assert_cmpstr(wh_verdict_reason_name(verdict->reason), ==,
                    wh_verdict_reason_name(row->reason));
    g_assert_true(verdict->known == (row->address != NULL));
    g_assert_cmpint(verdict->family, ==, row->family);
    g_assert_cmpint(verdict->at, ==, NOW);
    g_assert_cmpuint(verdict->observations->len, ==, observations->len);
    if (row->address != NULL) {
        g_autofree char *text = wh_address_to_string(&verdict->address);
        g_assert_cmpstr(text, ==, row->address);
    }
}

static void test_copy_is_independent(void)
{
    WhVerdictContext context = {.has_route = TRUE, .has_address = TRUE};
    g_autoptr(WhVerdict) copy = NULL;
    {
        g_autoptr(GPtrArray) observations = read_words("A/a=11.1.1.1 B/b! C/c=11.1.1.1", V4);
        g_autoptr(WhVerdict) verdict = wh_verdict_reach(V4, &context, observations, NOW);
        copy = wh_verdict_copy(verdict);
    }
    g_assert_true(copy->known);
    g_assert_cmpuint(copy->observations->len, ==, 3);
    const WhObservation *failed = copy->observations->pdata[1];
    g_assert_cmpstr(failed->source, ==, "b");
    g_assert_cmpstr(failed->organisation, ==, "B");
    g_assert_false(failed->ok);
    g_assert_cmpstr(failed->failure, ==, "no answer");
    g_assert_cmpint(failed->at, ==, NOW);
    wh_verdict_free(NULL);
    wh_observation_free(NULL);
}

static void test_reason_words(void)
{
    static const char *const words[] = {"direct",      "agreed",    "no_route",
                                        "no_address",  "asking",    "silent",
                                        "one_witness", "disagreed", "special"};
    g_assert_cmpuint(G_N_ELEMENTS(words), ==, WH_N_VERDICT_REASONS);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_assert_cmpstr(wh_verdict_reason_name((WhVerdictReason)i), ==, words[i]);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/verdict/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    g_test_add_func("/verdict/copy", test_copy_is_independent);
    g_test_add_func("/verdict/reason-words", test_reason_words);
    return g_test_run();
}
