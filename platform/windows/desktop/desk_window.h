/* The desk's window and what is done in its thread: the icon and the balloons live there. */
#pragma once

#include "platform/windows/desktop/desk_errand.h"

#include <windows.h>

G_BEGIN_DECLS

typedef struct WhDeskWindow WhDeskWindow;

/* What is told to the main loop's thread, in errands whose target is the desk. value: of what was
 * chosen, or a WhTrayIconPresence. text: the key of the message that was clicked. */
typedef struct {
    WhDeskErrandFunc activated;
    WhDeskErrandFunc chosen;
    WhDeskErrandFunc presence;
    WhDeskErrandFunc resized;
    WhDeskErrandFunc clicked;
} WhDeskWindowEars;

/* These are for the main loop's thread. Opens the window; NULL when the system has no more. */
WhDeskWindow *wh_desk_window_new(const WhDeskWindowEars *ears, gpointer desk);

/* Waits for the thread: what was asked of it before is done. */
void wh_desk_window_free(WhDeskWindow *window);

/* The desk of the window that is open, or NULL. */
gpointer wh_desk_window_find(void);

/* For what may be asked of it in any thread, as the size of icons. */
HWND wh_desk_window_handle(WhDeskWindow *window);

/* An errand for one of the functions below, whose target is the window. */
WhDeskErrand *wh_desk_window_errand(WhDeskWindow *window, WhDeskErrandFunc func);

/* Takes the errand, to its target's thread. */
void wh_desk_window_send(WhDeskErrand *errand);

/* And these are called there. The icon: hop leads to who hears of it. */
void wh_desk_window_open_icon(WhDeskErrand *errand);
void wh_desk_window_close_icon(WhDeskErrand *errand);
void wh_desk_window_show_icon(WhDeskErrand *errand);

/* object: an HICON, which is taken; text; items of WhTrayMenuItem. */
void wh_desk_window_set_picture(WhDeskErrand *errand);
void wh_desk_window_set_tip(WhDeskErrand *errand);
void wh_desk_window_set_menu(WhDeskErrand *errand);

/* The balloons: hop leads to who hears of clicks, text is the title of those that have none. */
void wh_desk_window_open_balloons(WhDeskErrand *errand);
void wh_desk_window_close_balloons(WhDeskErrand *errand);

/* object: a WhNotifierLetter, which is taken. */
void wh_desk_window_post(WhDeskErrand *errand);

/* object: an event, which is set. */
void wh_desk_window_signal(WhDeskErrand *errand);

G_END_DECLS
