/* The messages by which a UPnP gateway is searched for: UPnP Device Architecture 1.1 section 1.3.
 * Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Section 1.1.2. */
#define WH_IGD_SSDP_GROUP "239.255.255.250"
#define WH_IGD_SSDP_PORT 1900

/* A longer answer is no answer. */
#define WH_IGD_SSDP_MOST 2048

/* How many kinds of gateway are searched for: version 1, which the second answers to as well, and
 * version 2 for the few that do not. */
#define WH_IGD_SSDP_KINDS 2

/* A search for the kind `kind`, sent to `host` ("239.255.255.250:1900"). The caller frees it. */
char *wh_igd_ssdp_question(guint kind, const char *host);

/* The address of the description that an answer to such a search names, as it stands there. NULL:
 * these bytes are none. The caller frees it. */
char *wh_igd_ssdp_read(const char *bytes, gsize length);

G_END_DECLS
