#include "service/doctor/probes.h"

#include <gio/gio.h>
#include <string.h>

static void test_shipped(void)
{
    g_autoptr(WhProbes) probes = wh_probes_shipped();
    g_assert_cmpuint(probes->pages->len, >=, 4);
    g_assert_cmpuint(probes->servers->len, >=, 2);
}

static void test_reads(void)
{
    const char *text = "[a]\nurl=http://a.example/x\nstatus=204\n"
                       "[b]\nurl=http://b.example/\nbody=all is well\n"
                       "[c]\nserver=2001:db8::53\nname=c.example\n";
    g_autoptr(WhProbes) probes = wh_probes_parse(text, strlen(text), NULL);
    g_assert_nonnull(probes);
    g_assert_cmpuint(probes->pages->len, ==, 2);
    g_assert_cmpuint(probes->servers->len, ==, 1);
    const WhProbePage *first = probes->pages->pdata[0];
    const WhProbePage *second = probes->pages->pdata[1];
    g_assert_true(wh_probe_page_is_genuine(first, 204, "", 0));
    g_assert_false(wh_probe_page_is_genuine(first, 200, "", 0));
    g_assert_false(wh_probe_page_is_genuine(first, 302, "", 0));
    g_assert_true(wh_probe_page_is_genuine(second, 200, "<p>all is well</p>", 18));
    g_assert_false(wh_probe_page_is_genuine(second, 302, "<p>all is well</p>", 18));
    g_assert_false(wh_probe_page_is_genuine(second, 200, "all is well", 5));
    g_assert_false(wh_probe_page_is_genuine(second, 200, "sign in", 7));
    g_assert_cmpstr(((WhProbeServer *)probes->servers->pdata[0])->name, ==, "c.example");
}

static void test_refuses(void)
{
    static const struct {
        const char *text;
        const char *says;
    } rows[] = {
        {"", "0 probes"},
        {"nonsense", "nonsense"},
        {"[c]\nserver=9.9.9.9\nname=c.example\n", "0 pages"},
        {"[a]\nurl=https://a.example/\nstatus=204\n", "[a] url"},
        {"[a]\nurl=http:///x\nstatus=204\n", "[a] url"},
        {"[a]\nurl=http://me:pw@a.example/\nstatus=204\n", "[a] url"},
        {"[a]\nurl=http://a.example/\n", "[a] body"},
        {"[a]\nurl=http://a.example/\nstatus=302\n", "[a] status"},
        {"[a]\nurl=http://a.example/\nstatus=x\n", "[a] status"},
        {"[a]\nurl=http://a.example/\nbody=\n", "[a] body"},
        {"[a]\nurl=http://a.example/\nbody=x\nmore=1\n", "[a] more"},
        {"[a]\nserver=nobody\nname=x\n", "[a] server"},
        {"[a]\nserver=9.9.9.9\n", "[a] name"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(wh_probes_parse(rows[i].text, strlen(rows[i].text), &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        if (strstr(error->message, rows[i].says) == NULL)
            g_error("\"%s\" does not say \"%s\"", error->message, rows[i].says);
    }
}

static void test_endless(void)
{
    g_autoptr(GString) many = g_string_new(NULL);
    g_autofree char *endless = g_strnfill(100000, '#');
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < 65; i++)
        g_string_append_printf(many, "[p%u]\nurl=http://a.example/\nstatus=204\n", i);
    g_assert_null(wh_probes_parse(many->str, many->len, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_clear_error(&error);
    g_assert_null(wh_probes_parse(endless, strlen(endless), &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/probes/shipped", test_shipped);
    g_test_add_func("/probes/reads", test_reads);
    g_test_add_func("/probes/refuses", test_refuses);
    g_test_add_func("/probes/endless", test_endless);
    return g_test_run();
}
