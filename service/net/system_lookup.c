#include "service/net/system_lookup.h"

#include <gio/gnetworking.h>

static gboolean from_socket_address(const struct sockaddr *from, WhAddress *address)
{
    if (from->sa_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)(const void *)from;
        *address = wh_address_from_bytes(WH_FAMILY_IPV4, (const guint8 *)&ipv4->sin_addr);
        return TRUE;
    }
    if (from->sa_family == AF_INET6) {
        const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)(const void *)from;
        *address = wh_address_from_bytes(WH_FAMILY_IPV6, (const guint8 *)&ipv6->sin6_addr);
        return TRUE;
    }
    return FALSE;
}

GArray *wh_system_lookup(const char *name, GError **error)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    g_autofree char *ascii = g_hostname_to_ascii(name);
    int result = ascii == NULL ? EAI_NONAME : getaddrinfo(ascii, NULL, &hints, &found);
    if (result != 0) {
        gboolean passing = result == EAI_AGAIN;
        g_set_error(error, G_RESOLVER_ERROR,
                    passing ? G_RESOLVER_ERROR_TEMPORARY_FAILURE : G_RESOLVER_ERROR_NOT_FOUND,
                    passing ? "The name %s could not be looked up: no DNS server answers."
                            : "The name %s was not found in the DNS.",
                    name);
        return NULL;
    }
    GArray *addresses = g_array_new(FALSE, FALSE, sizeof(WhAddress));
    for (const struct addrinfo *item = found; item != NULL; item = item->ai_next) {
        WhAddress address;
        if (from_socket_address(item->ai_addr, &address) &&
            !wh_address_is_among(&address, addresses))
            g_array_append_val(addresses, address);
    }
    freeaddrinfo(found);
    return addresses;
}
