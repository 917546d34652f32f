/* Which process the service control manager runs as the service `wayhome`. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Its name in the service control manager. */
#define WH_SERVICE_PROCESS_NAME L"wayhome"

/* 0: it does not run, or the manager does not say. Asks the manager, which answers at once. */
guint32 wh_service_process_id(void);

/* Whether the manager started this process: it says so, or nobody is behind standard error, which
 * whoever starts programs by hand is. */
gboolean wh_service_process_is_this(void);

G_END_DECLS
