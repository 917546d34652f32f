#include "platform/notifier.h"
#include "tests/contract/helper.h"
#include "tests/contract/notifier_adapter.h"

#include <string.h>

typedef struct {
    WhNotifier *notifier;
    GString *heard;
    gboolean free_inside;
} Fixture;

static const WhNotifierAction actions[] = {{"default", "Open"}, {"copy", "Copy address"}};

static void acted(const char *key, const char *action, gpointer data)
{
    Fixture *fixture = data;

    g_string_append_printf(fixture->heard, "%s %s;", key, action);
    if (fixture->free_inside)
        g_clear_pointer(&fixture->notifier, wh_notifier_free);
}

static gboolean start(Fixture *fixture, gboolean with_actions)
{
    *fixture = (Fixture){0};
    if (!wh_adapter_begin(with_actions)) {
        g_test_skip("There is no dbus-daemon to play the session's bus");
        return FALSE;
    }
    fixture->notifier = wh_notifier_new("Wayhome", "org.wayhome.Wayhome", acted, fixture);
    fixture->heard = g_string_new(NULL);
    return TRUE;
}

static void stop(Fixture *fixture)
{
    wh_notifier_free(fixture->notifier);
    wh_adapter_end();
    g_string_free(fixture->heard, TRUE);
}

static void show(Fixture *fixture, const char *key, const char *title, const char *body)
{
    WhNotifierMessage message = {.key = key,
                                 .title = title,
                                 .body = body,
                                 .icon = "dialog-information",
                                 .urgency = WH_NOTIFIER_NORMAL,
                                 .actions = actions,
                                 .n_actions = G_N_ELEMENTS(actions)};

    wh_notifier_show(fixture->notifier, &message);
}

static gboolean screen_is(gpointer data)
{
    g_autofree char *screen = wh_adapter_screen();

    return strcmp(screen, data) == 0;
}

/* `expected` holds the buttons of messages, which a plain desktop does not have. */
static void until_screen(const char *expected)
{
    g_auto(GStrv) parts = g_strsplit(expected, " [Open, Copy address]", -1);
    g_autofree char *plain = g_strjoinv(" []", parts);

    wh_helper_until(screen_is, wh_adapter_is_plain() ? plain : (gpointer)expected);
}

/* Where there is place for one only, the others come after it. */
static void until_two(const char *first, const char *second)
{
    g_autofree char *both = g_strconcat(first, second, NULL);

    until_screen(wh_adapter_is_plain() ? first : both);
}

static gboolean has_heard(gpointer data)
{
    return ((Fixture *)data)->heard->len > 0;
}

static void test_shows(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    until_screen("First: one [Open, Copy address]\n");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    stop(&fixture);
}

static void test_without_actions(void)
{
    Fixture fixture;

    if (!start(&fixture, FALSE))
        return;
    show(&fixture, "a", "First", "one");
    until_screen("First: one []\n");
    stop(&fixture);
}

static void test_replaces_its_own(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    show(&fixture, "a", "Third", "three");
    until_two("Third: three [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    stop(&fixture);
}

static void show_in_place(Fixture *fixture, const char *key, const char *title)
{
    WhNotifierMessage message = {.key = key,
                                 .title = title,
                                 .body = "in its place",
                                 .icon = "dialog-information",
                                 .only_replaces = TRUE};

    wh_notifier_show(fixture->notifier, &message);
}

/* What is not on the screen is not brought there: never shown, closed by the person, withdrawn. */
static void test_only_replaces(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show_in_place(&fixture, "a", "Never");
    show(&fixture, "a", "First", "one");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    show_in_place(&fixture, "a", "Third");
    until_two("Third: in its place []\n", "Second: two [Open, Copy address]\n");
    wh_adapter_dismiss("Third");
    until_screen("Second: two [Open, Copy address]\n");
    show_in_place(&fixture, "a", "Fourth");
    wh_notifier_withdraw(fixture.notifier, "b");
    show_in_place(&fixture, "b", "Fifth");
    show(&fixture, "c", "Last", "six");
    until_screen("Last: six [Open, Copy address]\n");
    stop(&fixture);
}

static void test_after_dismissal(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    until_screen("First: one [Open, Copy address]\n");
    wh_adapter_dismiss("First");
    until_screen("");
    show(&fixture, "a", "Again", "two");
    until_screen("Again: two [Open, Copy address]\n");
    stop(&fixture);
}

static void test_action(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    wh_adapter_press("First", "default");
    wh_helper_until(has_heard, &fixture);
    g_assert_cmpstr(fixture.heard->str, ==, "a default;");
    stop(&fixture);
}

static void test_button(void)
{
    Fixture fixture;

    if (wh_adapter_is_plain()) {
        g_test_skip("Messages of this desktop have no buttons");
        return;
    }
    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    wh_adapter_press("Second", "copy");
    wh_helper_until(has_heard, &fixture);
    g_assert_cmpstr(fixture.heard->str, ==, "b copy;");
    stop(&fixture);
}

static void test_withdraw(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    wh_notifier_withdraw(fixture.notifier, "never there");
    show(&fixture, "a", "First", "one");
    show(&fixture, "b", "Second", "two");
    until_two("First: one [Open, Copy address]\n", "Second: two [Open, Copy address]\n");
    wh_notifier_withdraw(fixture.notifier, "a");
    wh_notifier_withdraw(fixture.notifier, "a");
    until_screen("Second: two [Open, Copy address]\n");
    stop(&fixture);
}

static void test_silent_after_free(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    until_screen("First: one [Open, Copy address]\n");
    wh_adapter_press("First", "default");
    wh_adapter_until_pressed();
    g_clear_pointer(&fixture.notifier, wh_notifier_free);
    wh_helper_settle();
    g_assert_cmpstr(fixture.heard->str, ==, "");
    until_screen("First: one [Open, Copy address]\n");
    stop(&fixture);
}

static void test_free_inside_callback(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    fixture.free_inside = TRUE;
    show(&fixture, "a", "First", "one");
    until_screen("First: one [Open, Copy address]\n");
    wh_adapter_press("First", "default");
    wh_helper_until(has_heard, &fixture);
    g_assert_null(fixture.notifier);
    stop(&fixture);
}

static void test_free_at_once(void)
{
    Fixture fixture;

    if (!start(&fixture, TRUE))
        return;
    show(&fixture, "a", "First", "one");
    g_clear_pointer(&fixture.notifier, wh_notifier_free);
    stop(&fixture);
}

int main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/notifier/shows", test_shows);
    g_test_add_func("/notifier/without-actions", test_without_actions);
    g_test_add_func("/notifier/replaces-its-own", test_replaces_its_own);
    g_test_add_func("/notifier/only-replaces", test_only_replaces);
    g_test_add_func("/notifier/after-dismissal", test_after_dismissal);
    g_test_add_func("/notifier/action", test_action);
    g_test_add_func("/notifier/button", test_button);
    g_test_add_func("/notifier/withdraw", test_withdraw);
    g_test_add_func("/notifier/silent-after-free", test_silent_after_free);
    g_test_add_func("/notifier/free-inside-callback", test_free_inside_callback);
    g_test_add_func("/notifier/free-at-once", test_free_at_once);
    wh_adapter_add_tests();
    result = g_test_run();
    wh_adapter_end_all();
    return result;
}
