#include "platform/notifier.h"

#include "platform/fake/notifier_fake.h"

#include <string.h>

struct WhNotifier {
    WhNotifierFunc acted;
    gpointer data;
    GMainContext *context;
    GPtrArray *presses; /* of GSource, not yet heard */
};

/* A copy, and who showed it (NULL: freed since). */
typedef struct {
    WhNotifierMessage message;
    WhNotifier *owner;
} Shown;

typedef struct {
    GPtrArray *screen; /* of Shown */
    gboolean no_actions;
    guint times;
} State;

typedef struct {
    WhNotifier *notifier;
    char *key;
    char *action;
} Press;

static void shown_free(gpointer data)
{
    Shown *shown = data;

    for (guint i = 0; i < shown->message.n_actions; i++) {
        g_free((char *)shown->message.actions[i].id);
        g_free((char *)shown->message.actions[i].label);
    }
    g_free((WhNotifierAction *)shown->message.actions);
    g_free((char *)shown->message.key);
    g_free((char *)shown->message.title);
    g_free((char *)shown->message.body);
    g_free((char *)shown->message.icon);
    g_free(shown);
}

static State *the_state(void)
{
    static State state;

    if (state.screen == NULL)
        state.screen = g_ptr_array_new_with_free_func(shown_free);
    return &state;
}

void wh_fake_notifier_reset(void)
{
    State *state = the_state();

    g_ptr_array_set_size(state->screen, 0);
    state->no_actions = FALSE;
    state->times = 0;
}

void wh_fake_notifier_set_actions(gboolean supported)
{
    the_state()->no_actions = !supported;
}

static Shown *find(const char *key, guint *index)
{
    GPtrArray *screen = the_state()->screen;

    for (guint i = 0; i < screen->len; i++) {
        Shown *shown = g_ptr_array_index(screen, i);

        if (strcmp(shown->message.key, key) != 0)
            continue;
        *index = i;
        return shown;
    }
    return NULL;
}

const WhNotifierMessage *wh_fake_notifier_message(const char *key)
{
    guint index = 0;
    Shown *shown = find(key, &index);

    return shown != NULL ? &shown->message : NULL;
}

const WhNotifierMessage *wh_fake_notifier_at(guint index)
{
    GPtrArray *screen = the_state()->screen;

    return index < screen->len ? &((Shown *)g_ptr_array_index(screen, index))->message : NULL;
}

guint wh_fake_notifier_times(void)
{
    return the_state()->times;
}

void wh_fake_notifier_close(const char *key)
{
    guint index = 0;

    if (find(key, &index) != NULL)
        g_ptr_array_remove_index(the_state()->screen, index);
}

static void press_free(gpointer data)
{
    Press *press = data;

    g_free(press->key);
    g_free(press->action);
    g_free(press);
}

static gboolean press_heard(gpointer data)
{
    Press *press = data;

    g_ptr_array_remove(press->notifier->presses, g_main_current_source());
    press->notifier->acted(press->key, press->action, press->notifier->data);
    return G_SOURCE_REMOVE;
}

static gboolean has_action(const WhNotifierMessage *message, const char *action)
{
    for (guint i = 0; i < message->n_actions; i++)
        if (strcmp(message->actions[i].id, action) == 0)
            return TRUE;
    return FALSE;
}

void wh_fake_notifier_act(const char *key, const char *action)
{
    guint index = 0;
    Shown *shown = find(key, &index);
    Press *press;
    GSource *source;

    if (shown == NULL || shown->owner == NULL || !has_action(&shown->message, action))
        return;
    press = g_new0(Press, 1);
    press->notifier = shown->owner;
    press->key = g_strdup(key);
    press->action = g_strdup(action);
    source = g_idle_source_new();
    g_source_set_callback(source, press_heard, press, press_free);
    g_source_attach(source, shown->owner->context);
    g_ptr_array_add(shown->owner->presses, source);
}

static void press_forget(gpointer data)
{
    g_source_destroy(data);
    g_source_unref(data);
}

WhNotifier *wh_notifier_new(const char *name, const char *desktop_entry, WhNotifierFunc acted,
                            gpointer data)
{
    WhNotifier *notifier = g_new0(WhNotifier, 1);

    notifier->acted = acted;
    notifier->data = data;
    notifier->context = g_main_context_ref_thread_default();
    notifier->presses = g_ptr_array_new_with_free_func(press_forget);
    return notifier;
}

void wh_notifier_free(WhNotifier *notifier)
{
    GPtrArray *screen = the_state()->screen;

    if (notifier == NULL)
        return;
    for (guint i = 0; i < screen->len; i++) {
        Shown *shown = g_ptr_array_index(screen, i);

        if (shown->owner == notifier)
            shown->owner = NULL;
    }
    g_ptr_array_unref(notifier->presses);
    g_main_context_unref(notifier->context);
    g_free(notifier);
}

static void copy(WhNotifierMessage *to, const WhNotifierMessage *from, gboolean with_actions)
{
    guint count = with_actions ? from->n_actions : 0;
    WhNotifierAction *actions = g_new0(WhNotifierAction, count);

    for (guint i = 0; i < count; i++) {
        actions[i].id = g_strdup(from->actions[i].id);
        actions[i].label = g_strdup(from->actions[i].label);
    }
    *to = (WhNotifierMessage){.key = g_strdup(from->key),
                              .title = g_strdup(from->title),
                              .body = g_strdup(from->body),
                              .icon = g_strdup(from->icon),
                              .urgency = from->urgency,
                              .actions = actions,
                              .n_actions = count};
}

void wh_notifier_show(WhNotifier *notifier, const WhNotifierMessage *message)
{
    State *state = the_state();
    guint index = state->screen->len;
    Shown *shown;

    if (message->only_replaces && find(message->key, &index) == NULL)
        return;
    shown = g_new0(Shown, 1);
    copy(&shown->message, message, !state->no_actions);
    shown->owner = notifier;
    state->times++;
    if (find(message->key, &index) != NULL)
        g_ptr_array_remove_index(state->screen, index);
    g_ptr_array_insert(state->screen, (gint)index, shown);
}

void wh_notifier_withdraw(WhNotifier *notifier, const char *key)
{
    wh_fake_notifier_close(key);
}
