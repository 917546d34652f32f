/* A network namespace of the test's own: two ends of a cable, "wire0" and "wire1". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Moves this thread into a new namespace whose cable is up and has no addresses. Skips the test
 * with the reason and returns FALSE where that is not allowed. */
gboolean wh_world_enter(void);

/* The same without the cable, and nothing up: a namespace in which no route was ever made. */
gboolean wh_world_enter_empty(void);

/* Runs ip(8) with each line of arguments in turn; aborts the test when one fails. */
void wh_world_ip(const char *lines);

/* Sets a knob below /proc/sys/net of the namespace; FALSE where that is not possible. */
gboolean wh_world_set(const char *knob, const char *value);

/* Waits until an interface that is up has a carrier. */
void wh_world_until_running(const char *name);

/* The number of an interface. */
guint wh_world_interface(const char *name);

G_END_DECLS
