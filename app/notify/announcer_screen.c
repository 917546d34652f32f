#include "app/notify/announcer_screen.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a click on a message is about. */
typedef struct {
    char *host;
    char *copy;
} Offer;

/* offers: key of a message -> Offer. */
struct WhAnnouncerScreen {
    WhNotifier *notifier;
    WhAnnouncerFunc acted;
    gpointer data;
    GHashTable *offers;
};

static void offer_free(gpointer data)
{
    Offer *offer = data;

    g_free(offer->host);
    g_free(offer->copy);
    g_free(offer);
}

static void pressed(const char *key, const char *action, gpointer data)
{
    WhAnnouncerScreen *screen = data;
    Offer *offer = g_hash_table_lookup(screen->offers, key);
    g_autofree char *host = g_strdup(offer != NULL ? offer->host : NULL);
    g_autofree char *copy = g_strdup(offer != NULL ? offer->copy : NULL);

    if (strcmp(action, "copy") == 0 && copy != NULL)
        screen->acted(WH_ANNOUNCER_COPY, host, copy, screen->data);
    else if (strcmp(action, "default") == 0)
        screen->acted(WH_ANNOUNCER_OPEN, host, NULL, screen->data);
}

void wh_announcer_screen_show(WhAnnouncerScreen *screen, const WhRulesMessage *message)
{
    WhNotifierAction actions[] = {{"default", _("Open")}, {"copy", message->copy_label}};
    WhNotifierMessage shown = {.key = message->key,
                               .title = message->title,
                               .body = message->body,
                               .icon = message->icon,
                               .urgency = message->urgency,
                               .actions = actions,
                               .n_actions = message->copy != NULL ? 2 : 1,
                               .only_replaces = message->only_replaces};
    Offer *offer = g_new0(Offer, 1);

    offer->host = g_strdup(message->host);
    offer->copy = g_strdup(message->copy);
    g_hash_table_replace(screen->offers, g_strdup(message->key), offer);
    wh_notifier_show(screen->notifier, &shown);
}

void wh_announcer_screen_withdraw(WhAnnouncerScreen *screen, const char *key)
{
    if (g_hash_table_remove(screen->offers, key))
        wh_notifier_withdraw(screen->notifier, key);
}

WhAnnouncerScreen *wh_announcer_screen_new(const char *name, const char *desktop_entry,
                                           WhAnnouncerFunc acted, gpointer data)
{
    WhAnnouncerScreen *screen = g_new0(WhAnnouncerScreen, 1);

    screen->notifier = wh_notifier_new(name, desktop_entry, pressed, screen);
    screen->acted = acted;
    screen->data = data;
    screen->offers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, offer_free);
    return screen;
}

void wh_announcer_screen_free(WhAnnouncerScreen *screen)
{
    wh_notifier_free(screen->notifier);
    g_hash_table_unref(screen->offers);
    g_free(screen);
}
