#include "platform/notifier.h"

#include "tests/contract/helper.h"
#include "tests/contract/linux/notifier_double.h"
#include "tests/contract/notifier_adapter.h"

#include <string.h>

static const char *const everything[] = {"actions", "body", "body-markup", NULL};
static const char *const plain[] = {"body", NULL};

static WhNotifierDouble **the_server(void)
{
    static WhNotifierDouble *server;

    return &server;
}

gboolean wh_adapter_begin(gboolean actions)
{
    if (!wh_notifier_double_bus())
        return FALSE;
    *the_server() = wh_notifier_double_new(actions ? everything : plain, 1);
    return TRUE;
}

gboolean wh_adapter_is_plain(void)
{
    return FALSE;
}

void wh_adapter_end(void)
{
    g_clear_pointer(the_server(), wh_notifier_double_free);
    wh_helper_settle();
}

void wh_adapter_end_all(void)
{
    wh_notifier_double_bus_end();
}

static void add_labels(GString *screen, char **actions)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_autofree char *joined = NULL;

    for (guint i = 0; actions[i] != NULL && actions[i + 1] != NULL; i += 2)
        g_ptr_array_add(labels, actions[i + 1]);
    g_ptr_array_add(labels, NULL);
    joined = g_strjoinv(", ", (char **)labels->pdata);
    g_string_append_printf(screen, " [%s]\n", joined);
}

char *wh_adapter_screen(void)
{
    GString *screen = g_string_new(NULL);
    const WhNotifierDoubleMessage *message;

    for (guint i = 0; (message = wh_notifier_double_at(*the_server(), i)) != NULL; i++) {
        g_string_append_printf(screen, "%s: %s", message->title, message->body);
        add_labels(screen, message->actions);
    }
    return g_string_free(screen, FALSE);
}

static guint id_of(const char *title)
{
    const WhNotifierDoubleMessage *message;

    for (guint i = 0; (message = wh_notifier_double_at(*the_server(), i)) != NULL; i++)
        if (strcmp(message->title, title) == 0)
            return message->id;
    g_assert_not_reached();
}

void wh_adapter_press(const char *title, const char *action)
{
    wh_notifier_double_press(*the_server(), id_of(title), action);
}

void wh_adapter_dismiss(const char *title)
{
    wh_notifier_double_dismiss(*the_server(), id_of(title));
}

/* The callback waits in the main context, which nobody turns here. */
void wh_adapter_until_pressed(void)
{
    while (!g_main_context_pending(NULL))
        g_thread_yield();
}

static void ignored(const char *key, const char *action, gpointer data)
{
}

static WhNotifier *notifier_new(void)
{
    return wh_notifier_new("Wayhome", "org.wayhome.Wayhome", ignored, NULL);
}

static void show(WhNotifier *notifier, const char *key, const char *title, const char *body,
                 WhNotifierUrgency urgency)
{
    WhNotifierMessage message = {
        .key = key, .title = title, .body = body, .icon = "wayhome-ok", .urgency = urgency};

    wh_notifier_show(notifier, &message);
}

static gboolean is_shown(const char *title)
{
    const WhNotifierDoubleMessage *message;

    for (guint i = 0; (message = wh_notifier_double_at(*the_server(), i)) != NULL; i++)
        if (strcmp(message->title, title) == 0)
            return TRUE;
    return FALSE;
}

static gboolean shown_reached(gpointer title)
{
    return is_shown(title);
}

static const WhNotifierDoubleMessage *until_shown(const char *title)
{
    guint i = 0;

    wh_helper_until(shown_reached, (gpointer)title);
    while (strcmp(wh_notifier_double_at(*the_server(), i)->title, title) != 0)
        i++;
    return wh_notifier_double_at(*the_server(), i);
}

static gboolean begin(void)
{
    if (wh_adapter_begin(TRUE))
        return TRUE;
    g_test_skip("There is no dbus-daemon to play the session's bus");
    return FALSE;
}

static void test_hints(void)
{
    g_autoptr(WhNotifier) notifier = NULL;
    const WhNotifierDoubleMessage *message;

    if (!begin())
        return;
    notifier = notifier_new();
    show(notifier, "a", "Calm", "", WH_NOTIFIER_LOW);
    message = until_shown("Calm");
    g_assert_cmpuint(message->urgency, ==, 0);
    g_assert_cmpstr(message->desktop_entry, ==, "org.wayhome.Wayhome");
    g_assert_cmpstr(message->icon, ==, "wayhome-ok");
    show(notifier, "a", "Urgent", "", WH_NOTIFIER_CRITICAL);
    message = until_shown("Urgent");
    g_assert_cmpuint(message->urgency, ==, 2);
    g_assert_cmpstr(message->desktop_entry, ==, "org.wayhome.Wayhome");
    wh_adapter_end();
}

static void test_markup(void)
{
    WhNotifier *notifier;

    if (!begin())
        return;
    notifier = notifier_new();
    show(notifier, "a", "Rich <b>", "a <b> & c", WH_NOTIFIER_NORMAL);
    g_assert_cmpstr(until_shown("Rich <b>")->body, ==, "a &lt;b&gt; &amp; c");
    /* Another server without it takes over. */
    wh_adapter_end();
    g_assert_true(wh_adapter_begin(FALSE));
    show(notifier, "a", "Plain", "a <b> & c", WH_NOTIFIER_NORMAL);
    g_assert_cmpstr(until_shown("Plain")->body, ==, "a <b> & c");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_not_utf8(void)
{
    WhNotifier *notifier;

    if (!begin())
        return;
    notifier = notifier_new();
    show(notifier, "a", "Bytes", "\xff\xfe", WH_NOTIFIER_NORMAL);
    g_assert_true(g_utf8_validate(until_shown("Bytes")->body, -1, NULL));
    wh_notifier_free(notifier);
    wh_adapter_end();
}

/* How often the notifier said that nobody is there; it says so in its own thread. */
static gint *the_refusals(void)
{
    static gint refusals;

    return &refusals;
}

static GLogWriterOutput count_refusal(GLogLevelFlags level, const GLogField *fields, gsize count,
                                      gpointer data)
{
    for (gsize i = 0; i < count; i++)
        if (strcmp(fields[i].key, "MESSAGE") == 0 &&
            g_str_has_prefix(fields[i].value, "Messages cannot be shown now"))
            g_atomic_int_inc(the_refusals());
    return g_log_writer_default(level, fields, count, data);
}

static void test_absent(void)
{
    WhNotifier *notifier;
    gint before = g_atomic_int_get(the_refusals());

    if (!begin())
        return;
    wh_adapter_end();
    notifier = notifier_new();
    show(notifier, "a", "Outdated", "", WH_NOTIFIER_NORMAL);
    show(notifier, "b", "Withdrawn", "", WH_NOTIFIER_NORMAL);
    show(notifier, "a", "Late", "", WH_NOTIFIER_NORMAL);
    wh_notifier_withdraw(notifier, "b");
    while (g_atomic_int_get(the_refusals()) == before)
        g_thread_yield();
    g_assert_true(wh_adapter_begin(TRUE));
    until_shown("Late");
    g_assert_false(is_shown("Outdated"));
    g_assert_false(is_shown("Withdrawn"));
    wh_notifier_free(notifier);
    wh_adapter_end();
}

/* So many messages that not all are kept: what a person must see is. */
static void test_absent_and_flooded(void)
{
    WhNotifier *notifier;
    gint before = g_atomic_int_get(the_refusals());

    if (!begin())
        return;
    wh_adapter_end();
    notifier = notifier_new();
    show(notifier, "needed", "Needed", "", WH_NOTIFIER_CRITICAL);
    for (guint i = 0; i < 20; i++) {
        g_autofree char *key = g_strdup_printf("key %u", i);
        g_autofree char *title = g_strdup_printf("Title %u", i);

        show(notifier, key, title, "", WH_NOTIFIER_NORMAL);
    }
    while (g_atomic_int_get(the_refusals()) == before)
        g_thread_yield();
    g_assert_true(wh_adapter_begin(TRUE));
    until_shown("Title 19");
    g_assert_true(is_shown("Needed"));
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_restarted(void)
{
    WhNotifier *notifier;

    if (!begin())
        return;
    notifier = notifier_new();
    show(notifier, "a", "First", "", WH_NOTIFIER_NORMAL);
    until_shown("First");
    show(notifier, "a", "Second", "", WH_NOTIFIER_NORMAL);
    g_assert_cmpuint(until_shown("Second")->replaced, ==, 1);
    wh_adapter_end();
    g_assert_true(wh_adapter_begin(TRUE));
    show(notifier, "a", "Third", "", WH_NOTIFIER_NORMAL);
    g_assert_cmpuint(until_shown("Third")->replaced, ==, 0);
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static gboolean is_asked(gpointer data)
{
    return wh_notifier_double_calls(*the_server()) > *(guint *)data;
}

/* A call that the main loop waited for would fail: the server answers only when this loop turns. */
static void test_hung(void)
{
    WhNotifier *notifier;
    guint before;

    if (!begin())
        return;
    notifier = notifier_new();
    wh_notifier_double_hang(*the_server(), TRUE);
    before = wh_notifier_double_calls(*the_server());
    show(notifier, "a", "Outdated", "", WH_NOTIFIER_NORMAL);
    wh_helper_until(is_asked, &before);
    show(notifier, "a", "Patient", "", WH_NOTIFIER_NORMAL);
    wh_notifier_withdraw(notifier, "b");
    wh_helper_settle();
    g_assert_null(wh_notifier_double_at(*the_server(), 0));
    wh_notifier_double_hang(*the_server(), FALSE);
    until_shown("Patient");
    g_assert_false(is_shown("Outdated"));
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_hung_in_the_middle(void)
{
    WhNotifier *notifier;
    guint before;

    if (!begin())
        return;
    notifier = notifier_new();
    show(notifier, "a", "First", "", WH_NOTIFIER_NORMAL);
    until_shown("First");
    wh_notifier_double_hang(*the_server(), TRUE);
    before = wh_notifier_double_calls(*the_server());
    wh_notifier_withdraw(notifier, "a");
    wh_helper_until(is_asked, &before);
    /* The one call for whose answer nobody waits. */
    g_assert_cmpstr(wh_notifier_double_last_call(*the_server()), ==, "GetServerInformation");
    show(notifier, "b", "Second", "", WH_NOTIFIER_NORMAL);
    wh_helper_settle();
    wh_notifier_double_hang(*the_server(), FALSE);
    until_shown("Second");
    g_assert_false(is_shown("First"));
    wh_notifier_free(notifier);
    wh_adapter_end();
}

static void test_freed_while_hung(void)
{
    WhNotifier *notifier;
    guint before;

    if (!begin())
        return;
    notifier = notifier_new();
    wh_notifier_double_hang(*the_server(), TRUE);
    before = wh_notifier_double_calls(*the_server());
    show(notifier, "a", "First", "", WH_NOTIFIER_NORMAL);
    wh_helper_until(is_asked, &before);
    wh_notifier_free(notifier);
    notifier = notifier_new();
    show(notifier, "a", "Second", "", WH_NOTIFIER_NORMAL);
    wh_notifier_double_hang(*the_server(), FALSE);
    until_shown("Second");
    wh_notifier_free(notifier);
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_log_set_writer_func(count_refusal, NULL, NULL);
    g_test_add_func("/notifier/linux/hints", test_hints);
    g_test_add_func("/notifier/linux/markup", test_markup);
    g_test_add_func("/notifier/linux/not-utf8", test_not_utf8);
    g_test_add_func("/notifier/linux/absent", test_absent);
    g_test_add_func("/notifier/linux/absent-and-flooded", test_absent_and_flooded);
    g_test_add_func("/notifier/linux/restarted", test_restarted);
    g_test_add_func("/notifier/linux/hung", test_hung);
    g_test_add_func("/notifier/linux/hung-in-the-middle", test_hung_in_the_middle);
    g_test_add_func("/notifier/linux/freed-while-hung", test_freed_while_hung);
}
