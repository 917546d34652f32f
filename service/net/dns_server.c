#include "service/net/dns_server.h"

#include <string.h>

/* GLib knows the interfaces that zones name. */
gboolean wh_dns_server_parse(const char *text, guint16 port, WhDnsServer *server)
{
    g_autofree char *bare = g_strndup(text, strcspn(text, "%"));
    g_autoptr(GSocketAddress) socket_address = g_inet_socket_address_new_from_string(text, port);
    WhAddress address;

    if (socket_address == NULL || !wh_address_parse(bare, &address))
        return FALSE;
    *server = (WhDnsServer){.address = address, .port = port};
    if (address.family == WH_FAMILY_IPV6)
        server->scope = g_inet_socket_address_get_scope_id(G_INET_SOCKET_ADDRESS(socket_address));
    return TRUE;
}

GSocketAddress *wh_dns_server_socket_address(const WhDnsServer *server)
{
    GSocketFamily family =
        server->address.family == WH_FAMILY_IPV4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6;
    g_autoptr(GInetAddress) address = g_inet_address_new_from_bytes(server->address.bytes, family);

    return g_object_new(G_TYPE_INET_SOCKET_ADDRESS, "address", address, "port", (guint)server->port,
                        "scope-id", (guint)server->scope, NULL);
}
