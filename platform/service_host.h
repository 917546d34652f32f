/* The service manager above us: tells it how we are, and hears when to stop or to read again.
 *
 * Linux: sd_notify(3) with watchdog, SIGTERM and SIGINT, SIGHUP. Windows: the service control
 * manager (stop, the end of the system, a change of parameters means reading again), and a watchdog
 * of our own. Works the same, silently, when started by hand; Windows: Ctrl-C, and the end of the
 * console's window or the session. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhServiceHost WhServiceHost;
typedef void (*WhServiceHostFunc)(gpointer data);

/* `stop` is called in the main context when the service is to end, at most once; `reload` whenever
 * the administrator's files are to be read again, not after `stop`. The watchdog is fed from the
 * main loop at half the interval the manager asks for (WATCHDOG_USEC), so that a stuck loop is
 * noticed. Also forbids core dumps of this process; Windows: forbids reports of a crash, and a
 * service whose loop is stuck for five minutes ends itself, to be started again. */
WhServiceHost *wh_service_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data);
void wh_service_host_free(WhServiceHost *host);

/* Ready to serve; `status` is one line for people. */
void wh_service_host_ready(WhServiceHost *host, const char *status);

/* Another line for people (systemctl status; Windows: the log, where every step is logged). The
 * same line again is not sent. */
void wh_service_host_status(WhServiceHost *host, const char *status);

/* About to end. */
void wh_service_host_stopping(WhServiceHost *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhServiceHost, wh_service_host_free)

G_END_DECLS
