/* Talks rtnetlink(7) with the kernel: a socket that hears changes, and dumps of the present state.
 */
#pragma once

#include "platform/linux/netlink_message.h"

G_BEGIN_DECLS

typedef enum {
    WH_NETLINK_RECEIVED,
    WH_NETLINK_EMPTY,   /* nothing is waiting */
    WH_NETLINK_LOST,    /* messages were lost; only a dump tells the truth */
    WH_NETLINK_FOREIGN, /* not from the kernel, to be passed over */
    WH_NETLINK_BROKEN,  /* the socket is of no use any more */
} WhNetlinkReceipt;

/* FALSE: the message is damaged and the dump is given up. */
typedef gboolean (*WhNetlinkDumpFunc)(const WhNetlinkMessage *message, gpointer data);

/* A non-blocking socket for questions; -1 with G_IO_ERROR where the system refuses. */
int wh_netlink_socket_open(GError **error);

/* A non-blocking socket that hears of links, addresses, rules and routes of both families; -1 with
 * G_IO_ERROR where the system refuses. Messages of routes that do not lead to the internet
 * (wh_netlink_filter_attach()) do not wake its reader. */
int wh_netlink_socket_subscribe(GError **error);

/* Takes one datagram without waiting. */
WhNetlinkReceipt wh_netlink_socket_receive(int fd, guint8 *buffer, gsize size, gsize *length);

/* Asks for everything of one kind (RTM_GETLINK, RTM_GETADDR, RTM_GETNEIGH) of an address family
 * (AF_...) and passes on each message. *interrupted becomes TRUE when the state changed meanwhile,
 * so that something may be missing. The kernel answers dumps at once; nothing here waits. */
gboolean wh_netlink_socket_dump(guint16 type, guint8 family, WhNetlinkDumpFunc func, gpointer data,
                                gboolean *interrupted, GError **error);

G_END_DECLS
