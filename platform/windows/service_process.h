/* Which process the service control manager runs as the service `wayhome`. */
#pragma once

#include "platform/windows/access.h"

G_BEGIN_DECLS

/* Its name in the service control manager. */
#define WH_SERVICE_PROCESS_NAME L"" WH_ACCESS_SERVICE

/* *id: the process, or 0 when the service does not run, or there is none. FALSE: the manager does
 * not say, as to standard users who are signed in over the network. It answers at once.
 * Documentation: QueryServiceStatusEx; Service Security and Access Rights. */
gboolean wh_service_process_find(guint32 *id);

/* Whether the manager started this process: it says so, or nobody is behind standard error, which
 * whoever starts programs by hand is. */
gboolean wh_service_process_is_this(void);

G_END_DECLS
