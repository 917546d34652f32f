/* The messages on the screen, and what their buttons do. Private to the announcer. */
#pragma once

#include "app/notify/announcer.h"

G_BEGIN_DECLS

typedef struct WhAnnouncerScreen WhAnnouncerScreen;

/* As wh_announcer_new(). Freeing it leaves messages on the screen. */
WhAnnouncerScreen *wh_announcer_screen_new(const char *name, const char *desktop_entry,
                                           WhAnnouncerFunc acted, gpointer data);
void wh_announcer_screen_free(WhAnnouncerScreen *screen);

/* In the place of what has the same key. */
void wh_announcer_screen_show(WhAnnouncerScreen *screen, const WhRulesMessage *message);

/* One that was never shown is no error. */
void wh_announcer_screen_withdraw(WhAnnouncerScreen *screen, const char *key);

G_END_DECLS
