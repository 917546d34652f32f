/* What the shell (the taskbar with its tray) is asked for; a test puts a shell of its own behind
 * these. All may take long, and are called in the thread of a window. */
#pragma once

#include <glib.h>
#include <windows.h>

#include <shellapi.h>

G_BEGIN_DECLS

/* Shell_NotifyIconW(). FALSE: the shell is not there, or busy for too long. */
gboolean wh_shell_notify_icon(DWORD message, NOTIFYICONDATAW *data);

/* The process whose end is the tray's, for CloseHandle(), or NULL. */
HANDLE wh_shell_process(void);

/* Opens the menu at a place on the screen and returns when it is closed: the number of the line
 * that was chosen, or 0. */
int wh_shell_track_menu(HWND window, HMENU menu, int x, int y);

/* The side of a small (tray) or large (message) icon in pixels, where the window is. */
guint wh_shell_icon_size(HWND window, gboolean large);

G_END_DECLS
