/* The name of the Wi-Fi that an interface is in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_WIFI_NAME_BYTES 32

/* The name as people see it, for g_free(); NULL: no Wi-Fi, or nobody tells. Waits for nobody. */
char *wh_wifi_name_read(guint interface);

/* Any bytes may be a name (IEEE 802.11, SSID): what is no text becomes U+FFFD. NULL: no name, as of
 * a network that hides it. */
char *wh_wifi_name_text(const guint8 *bytes, gsize length);

G_END_DECLS
