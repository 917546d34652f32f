/* A hidden window in a thread of its own.
 *
 * The system speaks to a program by messages to a window, and some of its answers are awaited: a
 * menu that is open, a shell that hangs, a session that ends. Here all of that happens in a thread
 * which owns nothing else, so that the main loop never stands still for it. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

typedef struct WhWindowThread WhWindowThread;

/* Both are called in the window's thread. message: TRUE when it was understood, with the answer in
 * *result (0 before). signalled: the handle that wh_window_thread_watch() was given last is. */
typedef struct {
    gboolean (*message)(HWND window, UINT message, WPARAM w, LPARAM l, LRESULT *result,
                        gpointer data);
    void (*signalled)(gpointer data);
} WhWindowThreadFuncs;

/* Returns when the window is there, hidden, top-level (so that it hears broadcasts), of this class
 * and with `data` where wh_window_thread_find() finds it; NULL when the system has no more windows.
 * Free with wh_window_thread_free(). */
WhWindowThread *wh_window_thread_new(const wchar_t *class_name, const WhWindowThreadFuncs *funcs,
                                     gpointer data);

/* Waits for the thread: what was asked of it before is done, a menu that is open is closed. Only in
 * the thread that made it. */
void wh_window_thread_free(WhWindowThread *thread);

/* The `data` of this program's window of that class, or NULL. */
gpointer wh_window_thread_find(const wchar_t *class_name);

/* Its window, which lives as long as the thread. */
HWND wh_window_thread_window(WhWindowThread *thread);

/* Calls func(data), then destroy(data), in the window's thread and in the order in which they were
 * asked for, also while a menu is open there. Any thread. destroy may be NULL. */
void wh_window_thread_do(WhWindowThread *thread, void (*func)(gpointer data), gpointer data,
                         GDestroyNotify destroy);

/* Takes the handle and watches it until it is signalled, once; NULL: none. Only in the window's
 * thread. */
void wh_window_thread_watch(WhWindowThread *thread, HANDLE handle);

G_END_DECLS
