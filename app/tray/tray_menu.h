/* What the tray's menu and tooltip say, told from the model. */
#pragma once

#include "app/model/model.h"
#include "platform/tray_icon.h"

G_BEGIN_DECLS

typedef struct WhTrayMenu WhTrayMenu;

typedef enum {
    WH_TRAY_OPEN, /* the window; host: at that name, or NULL */
    WH_TRAY_COPY, /* `address`, to the clipboard */
    WH_TRAY_UPDATE_NOW,
    WH_TRAY_PAUSE,  /* everything */
    WH_TRAY_RESUME, /* the general pause */
    WH_TRAY_QUIT,
} WhTrayAction;

/* host and address are NULL where the action has none. */
typedef struct {
    WhTrayAction action;
    const char *host;
    const char *address;
} WhTrayChoice;

/* name: what people call the program. */
WhTrayMenu *wh_tray_menu_new(const char *name);
void wh_tray_menu_free(WhTrayMenu *menu);

/* Writes the menu anew; TRUE: it differs from what it was. The same line of the same name keeps its
 * id. */
gboolean wh_tray_menu_update(WhTrayMenu *menu, WhModel *model);

/* Valid until the next update. */
const WhTrayMenuItem *wh_tray_menu_items(WhTrayMenu *menu, guint *count);

/* What the line `id` stands for; its texts are valid until the next update. FALSE: nothing. */
gboolean wh_tray_menu_choice(WhTrayMenu *menu, int id, WhTrayChoice *choice);

/* One sentence about everything, and what to do about it; for g_free(). */
char *wh_tray_menu_tooltip(WhModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTrayMenu, wh_tray_menu_free)

G_END_DECLS
