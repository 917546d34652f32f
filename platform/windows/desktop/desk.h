/* Where this program meets the shell: one hidden window, whose icon is the tray's and whose
 * balloons are the notifier's. Whoever comes first opens it, whoever leaves last closes it; all of
 * them in one thread, which has the callbacks in its main context. */
#pragma once

#include "platform/common/desktop/notifier_letter.h"
#include "platform/tray_icon.h"

#include <windows.h>

G_BEGIN_DECLS

/* The class of its window. */
#define WH_DESK_CLASS L"WayhomeDesk"

typedef struct WhDesk WhDesk;

/* NULL when the system has no more windows. */
WhDesk *wh_desk_acquire(void);
void wh_desk_release(WhDesk *desk);

/* Returns when all that was asked before is done. */
void wh_desk_settle(WhDesk *desk);

/* The side of icons for the tray or (large) for messages, in pixels. */
guint wh_desk_icon_size(WhDesk *desk, gboolean large);

/* resized: pictures of another size are wanted. */
typedef struct {
    WhTrayIconCallbacks tray;
    void (*resized)(gpointer data);
} WhDeskTrayFuncs;

/* One at a time, shown once it looks as it should. After closing, which takes the icon away, no
 * callback comes. */
void wh_desk_tray_open(WhDesk *desk, const WhDeskTrayFuncs *funcs, gpointer data);
void wh_desk_tray_show(WhDesk *desk);
void wh_desk_tray_close(WhDesk *desk);

/* Takes the picture. */
void wh_desk_tray_set_picture(WhDesk *desk, HICON picture);
void wh_desk_tray_set_tip(WhDesk *desk, const char *tip);

/* Copies the items (of WhTrayMenuItem). */
void wh_desk_tray_set_menu(WhDesk *desk, const GArray *items);

/* clicked: a person clicked the message `key`. As with the tray. Messages on the screen stay, those
 * that wait go. */
typedef void (*WhDeskClickedFunc)(const char *key, gpointer data);
void wh_desk_notifier_open(WhDesk *desk, const char *name, WhDeskClickedFunc clicked,
                           gpointer data);
void wh_desk_notifier_close(WhDesk *desk);

/* Takes the letter; its picture is an HICON. */
void wh_desk_notifier_post(WhDesk *desk, WhNotifierLetter *letter);

G_END_DECLS
