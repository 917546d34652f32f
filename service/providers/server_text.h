/* A server as a user writes it: "ns.example.net", "192.0.2.1:5353", "[2001:db8::1]:53". Private to
 * this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes it apart; *host (freed by the caller) is without brackets and in lower case. FALSE: neither
 * a host name nor an address, or the port is no number from 1 to 65535; outputs are untouched. */
gboolean wh_server_text_parse(const char *text, guint16 default_port, char **host, guint16 *port);

/* "SCHEME://host:port", with brackets around an IPv6 address and without the default port. */
char *wh_server_text_origin(const char *scheme, const char *host, guint16 port,
                            guint16 default_port);

G_END_DECLS
