/* The tray app: one instance a session, that stays when its window is closed. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_APPLICATION (wh_application_get_type())
G_DECLARE_FINAL_TYPE(WhApplication, wh_application, WH, APPLICATION, GtkApplication)

/* For g_application_run(), which reads the command line: without options, and at each further
 * start, the window is shown; with --background only the tray icon. A further start that asks for
 * what the running program cannot give (--socket, --icons) fails, and so do words that are no
 * option. */
GtkApplication *wh_application_new(void);

G_END_DECLS
