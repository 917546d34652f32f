/* The icon in the tray, kept as the model says. */
#pragma once

#include "app/tray/tray_menu.h"

G_BEGIN_DECLS

typedef struct WhTray WhTray;

/* chosen: what the person wants, a click on the icon being WH_TRAY_OPEN; it may free the tray.
 * presence: whether somebody shows the icon changed; may be NULL. */
typedef struct {
    void (*chosen)(const WhTrayChoice *choice, gpointer data);
    void (*presence)(WhTrayIconPresence presence, gpointer data);
} WhTrayFuncs;

/* id and icon_folder as in wh_tray_icon_new(); name: what people call the program. Takes a
 * reference to `model`. Free with wh_tray_free(). */
WhTray *wh_tray_new(WhModel *model, const char *id, const char *name, const char *icon_folder,
                    const WhTrayFuncs *funcs, gpointer data);
void wh_tray_free(WhTray *tray);

/* Whether somebody shows the icon now. */
WhTrayIconPresence wh_tray_presence(WhTray *tray);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTray, wh_tray_free)

G_END_DECLS
