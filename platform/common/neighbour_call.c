#include "platform/common/neighbour_call.h"

#include "platform/common/link_socket.h"
#include "platform/common/neighbour_answers.h"
#include "platform/common/neighbour_echo.h"
#include "platform/common/own_addresses.h"
#include "platform/neighbours.h"

#define MOST_ORIGINS 8
#define NAMES_PORT 5353
#define NOT_IN_USE                                                                                 \
    (WH_INTERFACE_ADDRESS_TENTATIVE | WH_INTERFACE_ADDRESS_DUPLICATE |                             \
     WH_INTERFACE_ADDRESS_DEPRECATED)

/* Global unicast: RFC 4291 section 2.4, as far as it is given out. */
static gboolean is_global(const WhInterfaceAddress *address)
{
    return address->family == 6 && (address->bytes[0] & 0xe0) == 0x20;
}

static WhInterfaceAddress *find_subnet(GArray *origins, const WhInterfaceAddress *address)
{
    for (guint i = 0; i < origins->len; i++) {
        WhInterfaceAddress *origin = &g_array_index(origins, WhInterfaceAddress, i);

        if (origin->prefix_length == address->prefix_length &&
            wh_own_address_covers(origin, address->bytes))
            return origin;
    }
    return NULL;
}

GArray *wh_neighbour_origins(const GArray *addresses, guint interface)
{
    GArray *origins = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));

    for (guint i = 0; i < addresses->len; i++) {
        const WhInterfaceAddress *address = &g_array_index(addresses, WhInterfaceAddress, i);
        WhInterfaceAddress *known;

        if (address->interface != interface || !is_global(address) ||
            (address->flags & NOT_IN_USE) != 0)
            continue;
        known = find_subnet(origins, address);
        if (known != NULL && (known->flags & WH_INTERFACE_ADDRESS_TEMPORARY) != 0)
            *known = *address;
        else if (known == NULL && origins->len < MOST_ORIGINS)
            g_array_append_vals(origins, address, 1);
    }
    return origins;
}

/* Which kinds of services there are, to be answered to this socket alone (RFC 6763 section 9, RFC
 * 6762 section 5.4 and 6.7). Machines that answer no echo often answer this. */
static gboolean ask_for_names(const WhInterfaceAddress *origin, GError **error)
{
    static const guint8 everybody[16] = {0xff, 0x02, [15] = 0xfb};
    static const char question[] = "\0\0"
                                   "\0\0"
                                   "\0\1"
                                   "\0\0"
                                   "\0\0"
                                   "\0\0"
                                   "\x09_services"
                                   "\x07_dns-sd"
                                   "\x04_udp"
                                   "\x05local"
                                   "\0"
                                   "\0\x0c"
                                   "\x80\1";
    g_autoptr(GSocket) socket = wh_link_socket_new_from(origin, error);
    g_autoptr(GSocketAddress) there =
        wh_link_socket_address(origin->interface, 6, everybody, NAMES_PORT);

    if (socket == NULL ||
        g_socket_send_to(socket, there, question, sizeof question - 1, NULL, error) < 0)
        return FALSE;
    wh_neighbour_answers_hear(socket, origin);
    return TRUE;
}

gboolean wh_neighbours_call(guint interface, GError **error)
{
    g_autoptr(GArray) addresses = wh_own_addresses_read(error);
    g_autoptr(GArray) origins = NULL;
    g_autoptr(GError) refusal = NULL;
    gboolean sent = FALSE;

    if (addresses == NULL)
        return FALSE;
    origins = wh_neighbour_origins(addresses, interface);
    if (origins->len == 0) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "There is no global IPv6 address on this link");
        return FALSE;
    }
    for (guint i = 0; i < origins->len; i++) {
        const WhInterfaceAddress *origin = &g_array_index(origins, WhInterfaceAddress, i);

        sent |= wh_neighbour_echo(origin, NULL);
        g_clear_error(&refusal);
        sent |= ask_for_names(origin, &refusal);
    }
    if (!sent)
        g_propagate_error(error, g_steal_pointer(&refusal));
    return sent;
}
