#include "platform/notifier.h"

#include "platform/tray_icon.h"
#include "tests/contract/helper.h"
#include "tests/contract/notifier_adapter.h"
#include "tests/contract/windows/shell_double.h"

#include <shellapi.h>
#include <string.h>

/* Messages come from the icon in the tray, which the program has anyway. */
static WhTrayIcon **the_icon(void)
{
    static WhTrayIcon *icon;

    return &icon;
}

static void activated(gpointer data)
{
}

static void chosen(int id, gpointer data)
{
}

static void presence_changed(WhTrayIconPresence presence, gpointer data)
{
}

static void icon_open(void)
{
    static const WhTrayIconCallbacks callbacks = {activated, chosen, presence_changed};

    *the_icon() = wh_tray_icon_new("wayhome", NULL, &callbacks, NULL);
}

static void begin(void)
{
    g_setenv("XDG_DATA_DIRS", WH_BINARY_DIR, TRUE);
    wh_shell_double_reset();
    wh_shell_double_set_present(TRUE);
}

gboolean wh_adapter_begin(gboolean actions)
{
    begin();
    icon_open();
    return TRUE;
}

gboolean wh_adapter_is_plain(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    g_clear_pointer(the_icon(), wh_tray_icon_free);
    wh_shell_double_reset();
    wh_helper_settle();
}

void wh_adapter_end_all(void)
{
}

char *wh_adapter_screen(void)
{
    g_autofree char *balloon = wh_shell_double_balloon();

    return *balloon != '\0' ? g_strconcat(balloon, " []\n", NULL) : g_strdup("");
}

static void assert_title(const char *title)
{
    g_autofree char *balloon = wh_shell_double_balloon();

    g_assert_true(g_str_has_prefix(balloon, title));
}

void wh_adapter_press(const char *title, const char *action)
{
    assert_title(title);
    g_assert_cmpstr(action, ==, "default");
    wh_shell_double_send(NIN_BALLOONUSERCLICK);
}

void wh_adapter_dismiss(const char *title)
{
    assert_title(title);
    wh_shell_double_dismiss();
}

void wh_adapter_until_pressed(void)
{
    wh_shell_double_icons();
}

static void heard(const char *key, const char *action, gpointer data)
{
    if (data != NULL)
        g_string_append_printf(data, "%s %s;", key, action);
}

static WhNotifier *notifier_new(GString *record)
{
    return wh_notifier_new("Wayhome", "org.wayhome.Wayhome", heard, record);
}

static void show(WhNotifier *notifier, const char *key, const char *title, const char *body,
                 WhNotifierUrgency urgency)
{
    WhNotifierMessage message = {
        .key = key, .title = title, .body = body, .icon = "wayhome-ok", .urgency = urgency};

    wh_notifier_show(notifier, &message);
}

static void assert_balloon(const char *expected)
{
    g_autofree char *balloon = wh_shell_double_balloon();

    g_assert_cmpstr(balloon, ==, expected);
}

static gboolean balloon_is(gpointer expected)
{
    g_autofree char *balloon = wh_shell_double_balloon();

    return strcmp(balloon, expected) == 0;
}

static void test_one_after_the_other(void)
{
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", "First", "1", WH_NOTIFIER_NORMAL);
    show(notifier, "b", "Second", "2", WH_NOTIFIER_NORMAL);
    show(notifier, "c", "Third", "3", WH_NOTIFIER_NORMAL);
    show(notifier, "b", "Second anew", "4", WH_NOTIFIER_NORMAL);
    assert_balloon("First: 1");
    wh_shell_double_dismiss();
    assert_balloon("Third: 3");
    wh_shell_double_send(NIN_BALLOONUSERCLICK);
    assert_balloon("Second anew: 4");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void expect_click(GString *record, const char *expected)
{
    wh_shell_double_send(NIN_BALLOONUSERCLICK);
    wh_adapter_until_pressed();
    wh_helper_settle();
    g_assert_cmpstr(record->str, ==, expected);
}

/* In the system's list of messages, where the last one stays for a while. */
static void test_click_afterwards(void)
{
    g_autoptr(GString) record = g_string_new(NULL);
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(record);
    show(notifier, "a", "First", "1", WH_NOTIFIER_NORMAL);
    assert_balloon("First: 1");
    wh_shell_double_dismiss();
    assert_balloon("");
    expect_click(record, "a default;");
    expect_click(record, "a default;");
    show(notifier, "b", "Second", "2", WH_NOTIFIER_NORMAL);
    assert_balloon("Second: 2");
    wh_shell_double_dismiss();
    wh_notifier_withdraw(notifier, "b");
    expect_click(record, "a default;");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

/* What the shell says about the end of the former is not about the one in its place. */
static void test_end_of_what_was_replaced(void)
{
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", "First", "1", WH_NOTIFIER_NORMAL);
    assert_balloon("First: 1");
    wh_shell_double_announce_end_first();
    show(notifier, "a", "Anew", "2", WH_NOTIFIER_NORMAL);
    show(notifier, "b", "Other", "3", WH_NOTIFIER_NORMAL);
    assert_balloon("Anew: 2");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

/* The service may have much to tell before there is a tray. */
static void test_before_the_tray(void)
{
    WhNotifier *notifier;

    begin();
    notifier = notifier_new(NULL);
    show(notifier, "a", "Outdated", "1", WH_NOTIFIER_NORMAL);
    show(notifier, "b", "Withdrawn", "2", WH_NOTIFIER_NORMAL);
    show(notifier, "a", "Late", "3", WH_NOTIFIER_NORMAL);
    wh_notifier_withdraw(notifier, "b");
    assert_balloon("");
    icon_open();
    wh_helper_until(balloon_is, (gpointer) "Late: 3");
    wh_shell_double_dismiss();
    assert_balloon("");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_taskbar_goes_and_comes(void)
{
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", "First", "1", WH_NOTIFIER_NORMAL);
    assert_balloon("First: 1");
    wh_shell_double_set_present(FALSE);
    show(notifier, "b", "Second", "2", WH_NOTIFIER_NORMAL);
    assert_balloon("");
    wh_shell_double_set_present(TRUE);
    wh_helper_until(balloon_is, (gpointer) "Second: 2");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

/* A title has 63 units and a text 255, of UTF-16. */
static void test_long_texts(void)
{
    g_autofree char *long_title = g_strnfill(64, 't');
    g_autofree char *long_body = g_strnfill(300, 'b');
    g_autofree char *title = g_strnfill(62, 't');
    g_autofree char *body = g_strnfill(254, 'b');
    g_autofree char *expected = g_strconcat(title, "…: ", body, "…", NULL);
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", long_title, long_body, WH_NOTIFIER_NORMAL);
    assert_balloon(expected);
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_kinds(void)
{
    WhNotifierMessage message = {.key = "a", .title = "T", .body = "", .icon = "no-such-icon"};
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", "", "", WH_NOTIFIER_NORMAL);
    assert_balloon("Wayhome:  ");
    g_assert_cmpuint(wh_shell_double_balloon_kind(), ==,
                     NIIF_USER | NIIF_LARGE_ICON | NIIF_RESPECT_QUIET_TIME);
    wh_notifier_show(notifier, &message);
    assert_balloon("T:  ");
    g_assert_cmpuint(wh_shell_double_balloon_kind(), ==, NIIF_INFO | NIIF_RESPECT_QUIET_TIME);
    message.urgency = WH_NOTIFIER_CRITICAL;
    wh_notifier_show(notifier, &message);
    g_assert_cmpuint(wh_shell_double_icons(), ==, 1);
    g_assert_cmpuint(wh_shell_double_balloon_kind(), ==, NIIF_WARNING | NIIF_RESPECT_QUIET_TIME);
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_not_utf8(void)
{
    WhNotifier *notifier;

    wh_adapter_begin(FALSE);
    notifier = notifier_new(NULL);
    show(notifier, "a", "Bytes", "\xff", WH_NOTIFIER_NORMAL);
    assert_balloon("Bytes: \xef\xbf\xbd");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/notifier/windows/one-after-the-other", test_one_after_the_other);
    g_test_add_func("/notifier/windows/click-afterwards", test_click_afterwards);
    g_test_add_func("/notifier/windows/end-of-what-was-replaced", test_end_of_what_was_replaced);
    g_test_add_func("/notifier/windows/before-the-tray", test_before_the_tray);
    g_test_add_func("/notifier/windows/taskbar-goes-and-comes", test_taskbar_goes_and_comes);
    g_test_add_func("/notifier/windows/long-texts", test_long_texts);
    g_test_add_func("/notifier/windows/kinds", test_kinds);
    g_test_add_func("/notifier/windows/not-utf8", test_not_utf8);
}
