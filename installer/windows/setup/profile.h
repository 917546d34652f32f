/* The profile of the service's account (C:\Users\wayhome), which Windows makes when the service
 * runs for the first time. */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Removes it; where there is none, nothing is to be done. What ran with it may have ended a moment
 * ago: waits for up to 5 seconds. Documentation: DeleteProfileW. */
gboolean wh_profile_remove(const WhSetup *setup, GError **error);

G_END_DECLS
