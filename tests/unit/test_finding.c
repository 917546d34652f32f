#include "service/doctor/finding.h"

#include "service/protocol/finding_text.h"

#include <string.h>

/* A place that no code of the doctor fills would stay empty. */
static const char *note_place(const char *name, gpointer data)
{
    g_ptr_array_add(data, g_strdup(name));
    return "X";
}

static void test_texts(void)
{
    for (guint code = 0; code < WH_N_FINDING_CODES; code++) {
        const char *name = wh_finding_code_name(code);
        g_assert_cmpstr(wh_finding_text_code(code), ==, name);
        g_autoptr(GPtrArray) places = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *sentence =
            wh_finding_text_fill(wh_finding_text_sentence(name), note_place, places);
        g_autofree char *step =
            wh_finding_text_fill(wh_finding_text_step(name), note_place, places);
        g_assert_cmpuint(places->len, <=, WH_FINDING_MAX_VALUES);
        g_assert_true(g_str_has_suffix(sentence, "."));
        g_assert_true(g_str_has_suffix(step, "."));
        g_assert_null(strpbrk(sentence, "{}"));
        g_assert_null(strpbrk(step, "{}"));
    }
    g_assert_null(wh_finding_text_code(WH_N_FINDING_CODES));
    g_assert_null(wh_finding_text_sentence("nonsense"));
    g_assert_null(wh_finding_text_step("nonsense"));
    g_assert_null(wh_finding_text_command("cgnat"));
    g_assert_nonnull(wh_finding_text_command("vpn"));
}

static const char *give(const char *name, gpointer data)
{
    return g_str_equal(name, "a") ? "{b}" : NULL;
}

static void test_fill(void)
{
    static const struct {
        const char *text;
        const char *filled;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"{a}", "{b}"},
        {"x{a}y{a}", "x{b}y{b}"},
        {"{c}!", "!"},
        {"open {a", "open {a"},
        {"close a}", "close a}"},
        {"{}", ""},
        {"{aaaaaaaaaabbbbbbbbbbccccccccccddddd}", "{aaaaaaaaaabbbbbbbbbbccccccccccddddd}"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *filled = wh_finding_text_fill(rows[i].text, give, NULL);
        g_assert_cmpstr(filled, ==, rows[i].filled);
    }
}

static void test_value(void)
{
    g_autoptr(WhFinding) finding = wh_finding_new(WH_FINDING_CGNAT, WH_FINDING_WARNING);
    g_autofree char *endless = g_strnfill(10000, 'a');
    wh_finding_set(finding, "address", "100.64.0.1");
    wh_finding_set(finding, "nothing", NULL);
    wh_finding_set(finding, "broken", "a\xff\n");
    wh_finding_set(finding, "endless", endless);
    g_assert_cmpstr(wh_finding_value(finding, "address"), ==, "100.64.0.1");
    g_assert_null(wh_finding_value(finding, "nothing"));
    g_assert_true(g_utf8_validate(wh_finding_value(finding, "broken"), -1, NULL));
    g_assert_cmpuint(strlen(wh_finding_value(finding, "endless")), <, 500);
    g_autofree char *sentence = wh_finding_sentence(finding);
    g_assert_nonnull(strstr(sentence, "100.64.0.1"));
}

static WhFinding *new_wall(void)
{
    WhFinding *finding = wh_finding_new(WH_FINDING_CGNAT, WH_FINDING_WARNING);
    wh_finding_set(finding, "address", "100.64.0.1");
    return finding;
}

static void test_same(void)
{
    g_autoptr(WhFinding) one = new_wall();
    g_autoptr(WhFinding) other = new_wall();
    g_assert_true(wh_finding_equal(one, other));
    wh_finding_set(other, "more", "1");
    g_assert_true(wh_finding_is_same(one, other));
    g_assert_false(wh_finding_equal(one, other));
    wh_finding_set_family(other, WH_FAMILY_IPV4);
    g_assert_false(wh_finding_is_same(one, other));
    g_autoptr(WhFinding) of_host = new_wall();
    of_host->host = g_strdup("1");
    g_assert_false(wh_finding_is_same(one, of_host));
    g_autoptr(WhFinding) lighter = new_wall();
    lighter->weight = WH_FINDING_NOTE;
    g_assert_true(wh_finding_is_same(one, lighter));
    g_assert_false(wh_finding_equal(one, lighter));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/finding/texts", test_texts);
    g_test_add_func("/finding/fill", test_fill);
    g_test_add_func("/finding/value", test_value);
    g_test_add_func("/finding/same", test_same);
    return g_test_run();
}
