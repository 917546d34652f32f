/* What the system's objects of a running program are called. For g_free(). */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* The mutex, and the class of the window, of a program in this session and of this user. */
wchar_t *wh_instance_names_mutex(const char *id);
wchar_t *wh_instance_names_window(const char *id);

/* The event by which a process is told to end, from any session. */
wchar_t *wh_instance_names_quit(const char *id, DWORD process);

G_END_DECLS
