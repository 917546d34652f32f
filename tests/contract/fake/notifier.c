#include "platform/fake/notifier_fake.h"
#include "tests/contract/notifier_adapter.h"

#include <string.h>

gboolean wh_adapter_begin(gboolean actions)
{
    wh_fake_notifier_reset();
    wh_fake_notifier_set_actions(actions);
    return TRUE;
}

gboolean wh_adapter_is_plain(void)
{
    return FALSE;
}

void wh_adapter_end(void)
{
    wh_fake_notifier_reset();
}

void wh_adapter_end_all(void)
{
}

char *wh_adapter_screen(void)
{
    GString *screen = g_string_new(NULL);
    const WhNotifierMessage *message;

    for (guint i = 0; (message = wh_fake_notifier_at(i)) != NULL; i++) {
        g_string_append_printf(screen, "%s: %s [", message->title, message->body);
        for (guint j = 0; j < message->n_actions; j++)
            g_string_append_printf(screen, "%s%s", j > 0 ? ", " : "", message->actions[j].label);
        g_string_append(screen, "]\n");
    }
    return g_string_free(screen, FALSE);
}

static const char *key_of(const char *title)
{
    const WhNotifierMessage *message;

    for (guint i = 0; (message = wh_fake_notifier_at(i)) != NULL; i++)
        if (strcmp(message->title, title) == 0)
            return message->key;
    g_assert_not_reached();
}

void wh_adapter_press(const char *title, const char *action)
{
    wh_fake_notifier_act(key_of(title), action);
}

void wh_adapter_dismiss(const char *title)
{
    wh_fake_notifier_close(key_of(title));
}

void wh_adapter_until_pressed(void)
{
}

static void test_counts(void)
{
    WhNotifierMessage message = {.key = "a", .title = "First", .body = "", .icon = ""};
    WhNotifier *notifier = wh_notifier_new("Wayhome", "org.wayhome.Wayhome", NULL, NULL);

    wh_fake_notifier_reset();
    wh_notifier_show(notifier, &message);
    wh_notifier_show(notifier, &message);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 2);
    g_assert_nonnull(wh_fake_notifier_message("a"));
    g_assert_null(wh_fake_notifier_message("b"));
    wh_notifier_free(notifier);
    wh_fake_notifier_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/notifier/fake/counts", test_counts);
}
