/* The service in the service manager; Windows Installer has made it. Documentation:
 * ChangeServiceConfigW, ChangeServiceConfig2W. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Its command line, with the path in quotation marks whatever Windows Installer wrote; for
 * g_free(). */
char *wh_service_command(const WhSetup *setup);

/* An account of its own, that has no password and no rights; where there is none, one that all such
 * services share. */
const char *wh_service_account(const WhSetup *setup);

/* Sets both, and that it starts with the computer. */
gboolean wh_service_set_account(const WhSetup *setup, GError **error);

/* The account's identifier is in the token of its process, so that files can be for it alone. */
gboolean wh_service_set_identity(const WhSetup *setup, GError **error);

/* All privileges that its account might have are taken away but for that of passing through
 * folders. */
gboolean wh_service_set_privileges(const WhSetup *setup, GError **error);

/* Started again after 1, 5 and 30 seconds, also when it ended with an error. */
gboolean wh_service_set_recovery(const WhSetup *setup, GError **error);

/* FALSE as long as there is a service that would miss what it kept. */
gboolean wh_service_demand_gone(const WhSetup *setup, GError **error);

/* It hears early that the computer shuts down, and has 10 seconds. */
gboolean wh_service_set_shutdown(const WhSetup *setup, GError **error);

G_END_DECLS
