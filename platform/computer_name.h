/* What this computer calls itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The host name as the system has it now, whole; for g_free(). Empty: it has none. */
char *wh_computer_name(void);

G_END_DECLS
