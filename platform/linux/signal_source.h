/* SIGTERM, SIGINT and SIGHUP as events of the main loop, without the thread that
 * g_unix_signal_add() starts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*WhSignalSourceFunc)(gpointer data);

/* Blocks these signals in this thread. Calls `stop` once, in the thread's main context, when
 * SIGTERM or SIGINT arrives for the first time, and before that `reload` when SIGHUP does; of a
 * program that was started from a terminal SIGHUP means that the terminal is gone, and stops it.
 * After `stop` SIGINT has its usual effect again, so that a second Ctrl+C ends a program that
 * hangs, and SIGTERM stays blocked until the program has ended in good order. Threads made before
 * keep their own mask: call this first. Programs started by this thread inherit the block. Remove
 * with wh_signal_source_free(), which restores the mask when no signal has come. NULL, with a
 * warning in the log, when the system has no signalfd(2) for us: the signals then end the program
 * at once. */
GSource *wh_signal_source_new(WhSignalSourceFunc stop, WhSignalSourceFunc reload, gpointer data);
void wh_signal_source_free(GSource *source);

G_END_DECLS
