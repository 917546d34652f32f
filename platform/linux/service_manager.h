/* What systemd says to a service that it starts, and how the service answers: environment variables
 * and one datagram a message, as sd_notify(3), sd_listen_fds(3) and sd_watchdog_enabled(3) describe
 * them for programs that do not carry libsystemd. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sends assignments ("READY=1"), separated by line breaks, to the manager that asked for them
 * (NOTIFY_SOCKET). FALSE: the manager is behind with its reading, and the same must be sent again
 * later. Without a manager, or with one that cannot be reached, there is nothing to send: TRUE. */
gboolean wh_service_manager_notify(const char *assignments);

/* Microseconds within which the manager wants WATCHDOG=1 from this process, or 0. */
guint64 wh_service_manager_watchdog(void);

/* How many sockets were handed to this process, the first one being *first; closed at an exec.
 * Asked once: the variables are taken out of the environment. */
guint wh_service_manager_take_sockets(int *first);

G_END_DECLS
