/* Notices that the computer's service is started. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhServiceWatch WhServiceWatch;

/* `starts` comes in the main context, more than once perhaps; it may free the watch. NULL: there is
 * no such service, or the service manager does not tell. Documentation: NotifyServiceStatusChange,
 * which calls back in a thread that waits for nothing else. */
WhServiceWatch *wh_service_watch_new(void (*starts)(gpointer data), gpointer data);

/* The service was removed, or the manager tells no more; `starts` was, or will be, called for that
 * as well. */
gboolean wh_service_watch_is_over(WhServiceWatch *watch);
void wh_service_watch_free(WhServiceWatch *watch);

G_END_DECLS
