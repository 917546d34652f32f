#include "platform/common/desktop/notifier_letter.h"

static char *valid(const char *text)
{
    return g_utf8_make_valid(text != NULL ? text : "", -1);
}

WhNotifierLetter *wh_notifier_letter_new(const WhNotifierMessage *message)
{
    WhNotifierLetter *letter = g_new0(WhNotifierLetter, 1);

    letter->key = g_strdup(message->key);
    letter->title = valid(message->title);
    letter->body = valid(message->body);
    letter->icon = valid(message->icon);
    letter->urgency = message->urgency;
    letter->actions = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < message->n_actions; i++) {
        g_ptr_array_add(letter->actions, valid(message->actions[i].id));
        g_ptr_array_add(letter->actions, valid(message->actions[i].label));
    }
    letter->only_replaces = message->only_replaces;
    letter->written = g_get_monotonic_time();
    return letter;
}

WhNotifierLetter *wh_notifier_letter_new_withdrawal(const char *key)
{
    WhNotifierLetter *letter = g_new0(WhNotifierLetter, 1);

    letter->key = g_strdup(key);
    letter->withdraws = TRUE;
    letter->written = g_get_monotonic_time();
    return letter;
}

void wh_notifier_letter_free(WhNotifierLetter *letter)
{
    if (letter == NULL)
        return;
    g_free(letter->key);
    g_free(letter->title);
    g_free(letter->body);
    g_free(letter->icon);
    g_clear_pointer(&letter->actions, g_ptr_array_unref);
    if (letter->picture != NULL)
        letter->picture_free(letter->picture);
    g_free(letter);
}
