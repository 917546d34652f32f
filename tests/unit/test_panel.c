#include "service/detect/panel.h"

#include "service/detect/observation.h"

#define FAMILY WH_FAMILY_IPV4

/* One letter an operator, of an organisation of the same letter in capitals. */
static GPtrArray *make_operators(const char *letters)
{
    GPtrArray *operators = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outside_operator_free);
    for (const char *p = letters; *p != '\0'; p++) {
        char id[2] = {*p, '\0'};
        char organisation[2] = {g_ascii_toupper(*p), '\0'};
        WhOutsideOperator *operator_ = wh_outside_operator_new(id, organisation);
        operator_->url[FAMILY] = g_strdup("https://operator.example/");
        g_ptr_array_add(operators, operator_);
    }
    return operators;
}

static const char *pick(WhPanel *panel, gboolean urgent, const char *asked, gint64 now)
{
    g_autoptr(GPtrArray) organisations = g_ptr_array_new_with_free_func(g_free);
    for (const char *p = asked; *p != '\0'; p++)
        g_ptr_array_add(organisations, g_strdup_printf("%c", *p));
    const WhOutsideOperator *operator_ =
        wh_panel_pick(panel, FAMILY, WH_PANEL_ANY, urgent, organisations, now);
    return operator_ == NULL ? NULL : operator_->id;
}

/* said: "a=11.1.1.1 b!" */
static void judge(WhPanel *panel, const char *said, gint64 now)
{
    g_autoptr(GPtrArray) heard =
        g_ptr_array_new_with_free_func((GDestroyNotify)wh_observation_free);
    g_auto(GStrv) words = g_strsplit(said, " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        char id[2] = {words[i][0], '\0'};
        char organisation[2] = {g_ascii_toupper(id[0]), '\0'};
        WhAddress address;
        if (words[i][1] == '!')
            g_ptr_array_add(heard, wh_observation_new_failed(id, organisation, WH_SOURCE_OUTSIDE,
                                                             FAMILY, "no answer", now));
        else if (wh_address_parse(words[i] + 2, &address))
            g_ptr_array_add(heard,
                            wh_observation_new(id, organisation, WH_SOURCE_OUTSIDE, &address, now));
    }
    wh_panel_judge(panel, FAMILY, heard, now);
}

static void test_rotates(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("abc"), 0);
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "a");
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "b");
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "c");
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "a");
    g_assert_cmpstr(pick(panel, TRUE, "BC", 0), ==, "a");
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "b");
    g_assert_null(pick(panel, TRUE, "ABC", 0));
}

static void test_begins_anywhere(void)
{
    g_autoptr(WhPanel) middle = wh_panel_new(make_operators("abcd"), 0.5);
    g_assert_cmpstr(pick(middle, TRUE, "", 0), ==, "c");
    g_assert_cmpstr(pick(middle, TRUE, "", 0), ==, "d");
    g_assert_cmpstr(pick(middle, TRUE, "", 0), ==, "a");
    g_autoptr(WhPanel) last = wh_panel_new(make_operators("abcd"), 0.999);
    g_assert_cmpstr(pick(last, TRUE, "", 0), ==, "d");
}

static void test_other_family_is_left_out(void)
{
    GPtrArray *operators = make_operators("ab");
    WhOutsideOperator *first = operators->pdata[0];
    first->url[WH_FAMILY_IPV6] = g_steal_pointer(&first->url[WH_FAMILY_IPV4]);
    g_autoptr(WhPanel) panel = wh_panel_new(operators, 0);
    g_assert_cmpstr(pick(panel, TRUE, "", 0), ==, "b");
    g_assert_null(pick(panel, TRUE, "B", 0));
    g_autoptr(WhPanel) empty = wh_panel_new(make_operators(""), 0);
    g_assert_null(pick(empty, TRUE, "", 0));
    g_assert_cmpint(wh_panel_ready_at(empty, FAMILY, 5), ==, G_MAXINT64);
}

static void test_rests_after_an_answer(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("ab"), 0);
    judge(panel, "a=11.1.1.1", 100);
    g_assert_cmpstr(pick(panel, FALSE, "", 100), ==, "b");
    judge(panel, "b=11.1.1.1", 200);
    g_assert_null(pick(panel, FALSE, "", 300));
    g_assert_cmpint(wh_panel_ready_at(panel, FAMILY, 300), ==, 100 + WH_PANEL_REST);
    g_assert_cmpstr(pick(panel, TRUE, "", 300), ==, "a");
    g_assert_null(pick(panel, FALSE, "", 99 + WH_PANEL_REST));
    g_assert_cmpstr(pick(panel, FALSE, "", 100 + WH_PANEL_REST), ==, "a");
    g_assert_cmpint(wh_panel_ready_at(panel, FAMILY, 7 * WH_HOUR), ==, 7 * WH_HOUR);
}

static void test_failed_one_is_set_aside_longer_and_longer(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("ab"), 0);
    gint64 now = 0;
    gint64 aside = WH_PANEL_ASIDE_LEAST;
    for (guint i = 0; i < 8; i++) {
        judge(panel, "a! b=11.1.1.1", now);
        g_assert_cmpstr(pick(panel, TRUE, "", now + aside - 1), ==, "b");
        g_assert_cmpstr(pick(panel, TRUE, "", now + aside - 1), ==, "b");
        g_assert_cmpstr(pick(panel, TRUE, "", now + aside), ==, "a");
        now += aside;
        aside = MIN(2 * aside, WH_PANEL_ASIDE_MOST);
    }
    g_assert_cmpint(aside, ==, 6 * WH_HOUR);
    judge(panel, "a=11.1.1.1 b=11.1.1.1", now);
    judge(panel, "a! b=11.1.1.1", now);
    now += WH_PANEL_ASIDE_LEAST;
    g_assert_cmpstr(pick(panel, TRUE, "", now - 1), ==, "b");
    g_assert_cmpstr(pick(panel, TRUE, "", now - 1), ==, "b");
    g_assert_cmpstr(pick(panel, TRUE, "", now), ==, "a");
}

static void test_aside_only_when_nobody_else_is_left(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("ab"), 0);
    judge(panel, "a! b=11.1.1.1", 0);
    g_assert_cmpstr(pick(panel, TRUE, "B", 1), ==, "a");
    judge(panel, "a=11.1.1.1 b!", WH_MINUTE);
    g_assert_cmpstr(pick(panel, TRUE, "", 2 * WH_MINUTE), ==, "a");
}

static void test_rest_of_the_good_does_not_call_back_the_wrong(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("ab"), 0);
    judge(panel, "a! b=11.1.1.1", 0);
    judge(panel, "a! b=11.1.1.1", 1);
    judge(panel, "b=11.1.1.1", 9 * WH_MINUTE);
    g_assert_null(pick(panel, FALSE, "", 11 * WH_MINUTE));
    g_assert_cmpint(wh_panel_ready_at(panel, FAMILY, 11 * WH_MINUTE), ==,
                    9 * WH_MINUTE + WH_PANEL_REST);
    g_assert_cmpstr(pick(panel, FALSE, "", 19 * WH_MINUTE), ==, "b");
}

static void test_all_aside_are_asked_after_their_rest(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("abc"), 0);
    judge(panel, "a! c=11.1.1.1", 0);
    judge(panel, "b! c=11.1.1.1", 0);
    judge(panel, "c! a=11.1.1.2 b=11.1.1.2", 1);
    judge(panel, "a! b! c=11.1.1.1", 2);
    judge(panel, "c! a=11.1.1.2", 3);
    judge(panel, "a! b=11.1.1.2", 4);
    judge(panel, "b! c=11.1.1.2", 5);
    judge(panel, "c! x=11.1.1.2", 6);
    g_assert_null(pick(panel, FALSE, "", 7));
    g_assert_cmpint(wh_panel_ready_at(panel, FAMILY, 7), ==, 4 + WH_PANEL_REST);
    g_assert_nonnull(pick(panel, FALSE, "", 6 + WH_PANEL_REST));
}

static void test_outvoted_one_is_set_aside(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("abc"), 0);
    judge(panel, "a=11.1.1.2 b=11.1.1.1 c=11.1.1.1", 0);
    g_assert_cmpstr(pick(panel, TRUE, "", 1), ==, "b");
    g_assert_cmpstr(pick(panel, TRUE, "", 1), ==, "c");
    g_assert_cmpstr(pick(panel, TRUE, "", 1), ==, "b");
}

static void test_a_tie_is_nobodys_fault(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("abc"), 0);
    judge(panel, "a=11.1.1.2 b=11.1.1.1", 0);
    g_assert_cmpstr(pick(panel, TRUE, "", 1), ==, "a");
    g_assert_cmpstr(pick(panel, TRUE, "", 1), ==, "b");
}

static void test_a_dead_line_is_nobodys_fault(void)
{
    g_autoptr(WhPanel) panel = wh_panel_new(make_operators("ab"), 0);
    judge(panel, "a! b!", 0);
    g_assert_cmpstr(pick(panel, FALSE, "", 1), ==, "a");
    g_assert_cmpstr(pick(panel, FALSE, "", 1), ==, "b");
    g_assert_cmpint(wh_panel_ready_at(panel, FAMILY, 1), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/panel/rotates", test_rotates);
    g_test_add_func("/panel/begins-anywhere", test_begins_anywhere);
    g_test_add_func("/panel/other-family", test_other_family_is_left_out);
    g_test_add_func("/panel/rests", test_rests_after_an_answer);
    g_test_add_func("/panel/aside", test_failed_one_is_set_aside_longer_and_longer);
    g_test_add_func("/panel/aside-last", test_aside_only_when_nobody_else_is_left);
    g_test_add_func("/panel/rest-of-the-good", test_rest_of_the_good_does_not_call_back_the_wrong);
    g_test_add_func("/panel/all-aside", test_all_aside_are_asked_after_their_rest);
    g_test_add_func("/panel/outvoted", test_outvoted_one_is_set_aside);
    g_test_add_func("/panel/tie", test_a_tie_is_nobodys_fault);
    g_test_add_func("/panel/dead-line", test_a_dead_line_is_nobodys_fault);
    return g_test_run();
}
