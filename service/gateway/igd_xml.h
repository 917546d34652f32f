/* Single values out of a router's XML, found by miniupnpc. Private to this room.
 *
 * miniupnpc opens no connection here: it would follow any address, and read for as long as somebody
 * sends. Its readers get bytes of a bounded number, with a NUL behind them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text of the first element that is called `name` and holds no other, decoded; at most 127
 * bytes, the rest is cut off. NULL: there is none, or its text is no UTF-8 or has control
 * characters. `bytes` are followed by a NUL that `length` does not count. The caller frees it. */
char *wh_igd_xml_value(const char *bytes, gsize length, const char *name);

/* The same, and NULL when there are several, or when something would be cut off. */
char *wh_igd_xml_only_value(const char *bytes, gsize length, const char *name);

/* `text` with the five named entities of XML replaced (section 4.6). The caller frees it. */
char *wh_igd_xml_decode(const char *text);

G_END_DECLS
