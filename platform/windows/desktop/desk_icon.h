/* The icon in the tray, as the thread of the desk's window keeps it. Everything here is called in
 * that thread, and so are the callbacks. */
#pragma once

#include "platform/tray_icon.h"
#include "platform/windows/desktop/window_thread.h"

#include <shellapi.h>

G_BEGIN_DECLS

typedef struct WhDeskIcon WhDeskIcon;

/* resized: icons have another size from now on. */
typedef struct {
    WhTrayIconCallbacks tray;
    void (*resized)(gpointer data);
} WhDeskIconFuncs;

/* Not in the tray before wh_desk_icon_show(). */
WhDeskIcon *wh_desk_icon_new(WhWindowThread *thread, const WhDeskIconFuncs *funcs, gpointer data);
void wh_desk_icon_free(WhDeskIcon *icon);

/* Puts it into the tray, or takes it out; the same again costs nothing. */
void wh_desk_icon_show(WhDeskIcon *icon);
void wh_desk_icon_hide(WhDeskIcon *icon);

/* Whether the tray took it, as far as is known. */
gboolean wh_desk_icon_is_shown(WhDeskIcon *icon);

/* Takes the picture. */
void wh_desk_icon_set_picture(WhDeskIcon *icon, HICON picture);
void wh_desk_icon_set_tip(WhDeskIcon *icon, const char *tip);

/* Takes a reference; of WhTrayMenuItem, which nobody changes any more. */
void wh_desk_icon_set_menu(WhDeskIcon *icon, GArray *items);

/* Messages of the window: TRUE when one was the icon's. */
gboolean wh_desk_icon_message(WhDeskIcon *icon, UINT message, WPARAM w, LPARAM l);

/* The process that shows the tray ended. */
void wh_desk_icon_lost(WhDeskIcon *icon);

/* Asks the shell for something about the icon: NIM_... and what `data` holds besides the icon's
 * name. */
gboolean wh_desk_icon_ask(HWND window, DWORD what, NOTIFYICONDATAW *data);

/* What the shell sends to the window: Shell_NotifyIcon(), NOTIFYICON_VERSION_4. */
#define WH_DESK_ICON_EVENT (WM_APP + 1)

G_END_DECLS
