/* Messages as balloons of the tray icon, which Windows 10 and 11 show as toasts: one at a time,
 * the others wait. Everything here is called in the thread of the desk's window. */
#pragma once

#include "platform/common/desktop/notifier_queue.h"
#include "platform/windows/desktop/desk_icon.h"

G_BEGIN_DECLS

typedef struct WhDeskBalloons WhDeskBalloons;
typedef void (*WhDeskBalloonsFunc)(const char *key, gpointer data);

/* clicked: a person clicked the message. name: the title of messages that have none. */
WhDeskBalloons *wh_desk_balloons_new(HWND window, const char *name, WhDeskBalloonsFunc clicked,
                                     gpointer data);
void wh_desk_balloons_free(WhDeskBalloons *balloons);

/* Takes the letter. Its picture is an HICON. */
void wh_desk_balloons_push(WhDeskBalloons *balloons, WhNotifierLetter *letter);

/* Whether there is an icon that balloons can come from. What was on the screen went with it. */
void wh_desk_balloons_set_icon(WhDeskBalloons *balloons, gboolean shown);

/* Messages of the window: TRUE when one was for balloons. */
gboolean wh_desk_balloons_message(WhDeskBalloons *balloons, UINT message, WPARAM w, LPARAM l);

G_END_DECLS
