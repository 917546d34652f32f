/* SIGTERM and SIGINT as an event of the main loop, without the thread that g_unix_signal_add()
 * starts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*WhSignalSourceFunc)(gpointer data);

/* Blocks both signals in this thread and calls `stop` once, in the thread's main context, when the
 * first of them arrives. After that SIGINT has its usual effect again, so that a second Ctrl+C ends
 * a program that hangs, and SIGTERM stays blocked until the program has ended in good order.
 * Threads made before keep their own mask: call this first. Programs started by this thread inherit
 * the block. Remove with wh_signal_source_free(), which restores the mask when no signal has come.
 * NULL, with a warning in the log, when the system has no signalfd(2) for us: the signals then end
 * the program at once. */
GSource *wh_signal_source_new(WhSignalSourceFunc stop, gpointer data);
void wh_signal_source_free(GSource *source);

G_END_DECLS
