/* What the console of a program that was started by hand says: Ctrl-C, and that its window, the
 * person's session or the system ends (SetConsoleCtrlHandler). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhConsoleControl WhConsoleControl;
typedef void (*WhConsoleControlFunc)(gpointer data);

/* `stop` is called once, in a thread of the system, and must not wait. A second Ctrl-C ends the
 * program where it stands. After the end of a window or a session the system gives a program five
 * seconds. One at a time in a process. */
WhConsoleControl *wh_console_control_new(WhConsoleControlFunc stop, gpointer data);

/* `stop` is not called any more. Accepts NULL. */
void wh_console_control_free(WhConsoleControl *control);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhConsoleControl, wh_console_control_free)

G_END_DECLS
