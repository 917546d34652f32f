#include "platform/linux/way_lookup.h"

#include "platform/common/internet_probe.h"
#include "platform/linux/netlink_socket.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_BUFFER (8 * 1024)

struct WhWayLookup {
    int fd;
    guint32 sequence;
};

/* IPv4 leaves the end of the address unused. */
typedef struct {
    struct nlmsghdr header;
    struct rtmsg route;
    struct rtattr interface_header;
    guint32 interface;
    struct rtattr destination_header;
    guint8 destination[16];
} Question;

WhWayLookup *wh_way_lookup_new(GError **error)
{
    WhWayLookup *lookup;
    int fd = wh_netlink_socket_open(error);

    if (fd < 0)
        return NULL;
    lookup = g_new0(WhWayLookup, 1);
    lookup->fd = fd;
    return lookup;
}

void wh_way_lookup_free(WhWayLookup *lookup)
{
    if (lookup == NULL)
        return;
    close(lookup->fd);
    g_free(lookup);
}

/* Interface 0 is what the kernel takes for "any". */
static Question question_make(guint family, guint interface, guint flags, guint32 sequence)
{
    gsize size = wh_netlink_family_bytes(family);
    gsize length = offsetof(Question, destination) + size;
    Question question = {
        .header = {.nlmsg_len = (guint32)length,
                   .nlmsg_type = RTM_GETROUTE,
                   .nlmsg_flags = NLM_F_REQUEST,
                   .nlmsg_seq = sequence},
        .route = {.rtm_family = family == 4 ? AF_INET : AF_INET6,
                  .rtm_dst_len = (guint8)(8 * size),
                  .rtm_flags = flags},
        .interface_header = {RTA_LENGTH(sizeof question.interface), RTA_OIF},
        .interface = interface,
        .destination_header = {(guint16)RTA_LENGTH(size), RTA_DST},
    };

    memcpy(question.destination, wh_internet_probe(family), size);
    return question;
}

/* Refusals are not about the way; everything else means that there is none. */
static WhWayAnswer error_answer(int code)
{
    switch (-code) {
    case EPERM:
    case ENOMEM:
    case ENOBUFS:
    case EAGAIN:
    case EINTR:
        return WH_WAY_UNKNOWN;
    default:
        return WH_WAY_NONE;
    }
}

static WhWayAnswer datagram_read(WhWayLookup *lookup, const guint8 *bytes, gsize length,
                                 WhNetlinkRoute *route)
{
    WhNetlinkMessage message;
    gsize offset = 0;

    while (wh_netlink_message_next(bytes, length, &offset, &message) == WH_NETLINK_OK) {
        int code = 0;

        if (message.sequence != lookup->sequence)
            continue;
        if (wh_netlink_message_read_error(&message, &code) == WH_NETLINK_OK)
            return error_answer(code);
        if (wh_netlink_route_read(&message, route) == WH_NETLINK_OK)
            return WH_WAY_FOUND;
    }
    return WH_WAY_UNKNOWN;
}

/* The kernel has answered when the question is sent; nothing here waits. */
static WhWayAnswer lookup_ask(WhWayLookup *lookup, guint family, guint interface, guint flags,
                              WhNetlinkRoute *route)
{
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    Question question = question_make(family, interface, flags, ++lookup->sequence);
    guint8 buffer[ANSWER_BUFFER];
    WhNetlinkReceipt receipt = WH_NETLINK_FOREIGN;
    gsize length = 0;

    if (TEMP_FAILURE_RETRY(sendto(lookup->fd, &question, question.header.nlmsg_len, 0,
                                  (struct sockaddr *)&kernel, sizeof kernel)) < 0)
        return WH_WAY_UNKNOWN;
    while (receipt == WH_NETLINK_FOREIGN)
        receipt = wh_netlink_socket_receive(lookup->fd, buffer, sizeof buffer, &length);
    if (receipt != WH_NETLINK_RECEIVED)
        return WH_WAY_UNKNOWN;
    return datagram_read(lookup, buffer, length, route);
}

/* The route itself is asked for (RTM_F_FIB_MATCH), not what is made of it for one packet: it names
 * all its hops, its metric and the source that it wishes. Where the hops are an object of their own
 * (ip-nexthop(8)) it may not name them, and then the packet's way does. */
WhWayAnswer wh_way_lookup_ask(guint family, guint interface, WhNetlinkRoute *route, gpointer data)
{
    WhWayLookup *lookup = data;
    WhWayAnswer answer = lookup_ask(lookup, family, interface, RTM_F_FIB_MATCH, route);

    if (answer == WH_WAY_FOUND && route->n_hops == 0)
        answer = lookup_ask(lookup, family, interface, 0, route);
    return answer == WH_WAY_FOUND && route->n_hops == 0 ? WH_WAY_NONE : answer;
}
