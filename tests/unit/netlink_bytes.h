/* Netlink messages made by hand, right and wrong ones. */
#pragma once

#include <glib.h>
#include <linux/rtnetlink.h>

G_BEGIN_DECLS

/* Begins a message; bytes are appended to `bytes`. Returns where it begins. */
guint wh_bytes_begin(GByteArray *bytes, guint16 type, gconstpointer fixed, gsize fixed_length);

/* Appends an attribute with its padding. */
void wh_bytes_attribute(GByteArray *bytes, guint16 type, gconstpointer value, gsize length);

/* Writes the length of the message that began at `start`. */
void wh_bytes_end(GByteArray *bytes, guint start);

/* Whole messages: an address of four bytes "192.0.2.LAST" on an interface; a link of an Ethernet
 * card; one with a name and, unless NULL, a driver; a default route over an interface. */
void wh_bytes_address(GByteArray *bytes, guint16 type, guint interface, guint8 last, guint8 flags);
void wh_bytes_link(GByteArray *bytes, guint16 type, guint8 family, gint interface, guint flags);
void wh_bytes_link_named(GByteArray *bytes, gint interface, guint16 hardware, const char *name,
                         const char *driver);
void wh_bytes_route(GByteArray *bytes, guint16 type, guint32 interface, guint32 metric);

G_END_DECLS
