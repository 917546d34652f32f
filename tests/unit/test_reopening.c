#include "service/doctor/reopening.h"

#include <string.h>

/* steps: what is seen, in turn. f, p, s, n: the probes say free, portal, silent, or were not asked;
 * behind it what those outside say: + settled, ? asking, - in vain. opens: one character a step. */
typedef struct {
    const char *name;
    const char *steps;
    const char *opens;
} Row;

static const Row rows[] = {
    {"well", "n+ n? n+", "..."},
    {"in-vain-and-free", "n- f-", ".!"},
    {"in-vain-and-free-is-said-once", "f- f- n? f- n? n- f-", "!......"},
    {"in-vain-once-more-after-all-was-well", "f- n+ n- f-", "!..!"},
    {"blocked-then-free", "s- s- f-", "..!"},
    {"blocked-each-time", "s- f- s- f- p- f-", ".!.!.!"},
    {"portal-while-the-address-is-known", "n+ p+ n+ p+ f+ f+", "....!."},
    {"provider-down", "f+ n+ f+ n+ f+", "....."},
    {"provider-down-while-asking", "f? n+ f? f+", "...."},
};

static WhFactsWeb web_of(char word)
{
    static const char words[] = "nfps";
    static const WhFactsWeb webs[] = {WH_FACTS_WEB_NOT_ASKED, WH_FACTS_WEB_FREE,
                                      WH_FACTS_WEB_PORTAL, WH_FACTS_WEB_SILENT};
    return webs[strchr(words, word) - words];
}

static WhReopeningLine line_of(char word)
{
    return word == '+'   ? WH_REOPENING_SETTLED
           : word == '?' ? WH_REOPENING_ASKING
                         : WH_REOPENING_IN_VAIN;
}

static void test_row(gconstpointer data)
{
    const Row *row = data;
    WhReopening way = {.blocked = FALSE};
    g_auto(GStrv) steps = g_strsplit(row->steps, " ", -1);
    for (guint i = 0; steps[i] != NULL; i++) {
        g_test_message("step %u: %s", i, steps[i]);
        gboolean opens = wh_reopening_take(&way, web_of(steps[i][0]), line_of(steps[i][1]));
        g_assert_cmpint(opens, ==, row->opens[i] == '!');
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_strconcat("/reopening/", rows[i].name, NULL);
        g_test_add_data_func(path, &rows[i], test_row);
    }
    return g_test_run();
}
