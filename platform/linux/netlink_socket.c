#include "platform/linux/netlink_socket.h"

#include "platform/linux/netlink_filter.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECEIVE_BUFFER (1024 * 1024)
#define DUMP_BUFFER (32 * 1024)
#define DUMP_SEQUENCE 1

static int fail(GError **error, const char *what)
{
    int code = errno;

    g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(code),
                "The system does not tell about its network addresses (%s: %s)", what,
                g_strerror(code));
    return -1;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

int wh_netlink_socket_open(GError **error)
{
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

    return fd >= 0 ? fd : fail(error, "socket");
}

int wh_netlink_socket_subscribe(GError **error)
{
    struct sockaddr_nl address = {
        .nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                     RTMGRP_IPV6_ROUTE | RTMGRP_IPV4_RULE | 1U << (RTNLGRP_IPV6_RULE - 1),
    };
    int size = RECEIVE_BUFFER;
    int fd = wh_netlink_socket_open(error);

    if (fd < 0)
        return -1;
    /* As large as the system allows: an overflow costs a dump, nothing else. */
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    wh_netlink_filter_attach(fd);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        fail(error, "bind");
        close(fd);
        return -1;
    }
    return fd;
}

WhNetlinkReceipt wh_netlink_socket_receive(int fd, guint8 *buffer, gsize size, gsize *length)
{
    struct sockaddr_nl sender = {0};
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    struct msghdr header = {
        .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &part, .msg_iovlen = 1};
    ssize_t got = TEMP_FAILURE_RETRY(recvmsg(fd, &header, MSG_DONTWAIT));

    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return WH_NETLINK_EMPTY;
    if (got < 0 && (errno == ENOBUFS || errno == ENOMEM))
        return WH_NETLINK_LOST;
    if (got < 0)
        return WH_NETLINK_BROKEN;
    /* Any process may send to this socket; only the kernel is port 0. */
    if (header.msg_namelen != sizeof sender || sender.nl_pid != 0)
        return WH_NETLINK_FOREIGN;
    if ((header.msg_flags & MSG_TRUNC) != 0)
        return WH_NETLINK_LOST;
    *length = (gsize)got;
    return WH_NETLINK_RECEIVED;
}

/* One request of any kind; the longest fixed part is that of links. */
typedef struct {
    struct nlmsghdr header;
    union {
        struct ifinfomsg link;
        struct ifaddrmsg address;
        struct ndmsg neighbour;
    };
    struct rtattr attribute;
    guint32 value;
} DumpRequest;

static gsize request_fill(DumpRequest *request, guint16 type, guint8 family)
{
    gsize length = sizeof request->header;

    memset(request, 0, sizeof *request);
    if (type == RTM_GETADDR) {
        request->address = (struct ifaddrmsg){.ifa_family = family};
        length += sizeof request->address;
    } else if (type == RTM_GETNEIGH) {
        request->neighbour = (struct ndmsg){.ndm_family = family};
        length += sizeof request->neighbour;
    } else {
        request->link = (struct ifinfomsg){.ifi_family = family};
        request->attribute = (struct rtattr){.rta_len = RTA_LENGTH(sizeof request->value),
                                             .rta_type = IFLA_EXT_MASK};
        request->value = RTEXT_FILTER_SKIP_STATS;
        length = sizeof *request;
    }
    request->header = (struct nlmsghdr){.nlmsg_len = (guint32)length,
                                        .nlmsg_type = type,
                                        .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
                                        .nlmsg_seq = DUMP_SEQUENCE};
    return length;
}

static int dump_start(guint16 type, guint8 family, GError **error)
{
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    DumpRequest request;
    gsize length = request_fill(&request, type, family);
    int strict = 1;
    int fd = wh_netlink_socket_open(error);

    if (fd < 0)
        return -1;
    /* Lets the kernel choose the table; without it the whole is sent and sorted out here. */
    (void)setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &strict, sizeof strict);
    if (TEMP_FAILURE_RETRY(sendto(fd, &request, length, 0, (struct sockaddr *)&kernel,
                                  sizeof kernel)) != (ssize_t)length) {
        fail(error, "sendto");
        close(fd);
        return -1;
    }
    return fd;
}

typedef enum { DUMP_MORE, DUMP_DONE, DUMP_FAILED } DumpStep;

/* Passes on the messages of one datagram. */
static DumpStep datagram_take(const guint8 *bytes, gsize length, WhNetlinkDumpFunc func,
                              gpointer data, gboolean *interrupted)
{
    gsize offset = 0;
    WhNetlinkMessage message;
    WhNetlinkOutcome outcome;

    while ((outcome = wh_netlink_message_next(bytes, length, &offset, &message)) == WH_NETLINK_OK) {
        int code = 0;

        if (message.sequence != DUMP_SEQUENCE)
            continue;
        if ((message.flags & NLM_F_DUMP_INTR) != 0)
            *interrupted = TRUE;
        if (wh_netlink_message_read_error(&message, &code) != WH_NETLINK_NOTHING) {
            errno = -code;
            /* There is no such table before its first route. */
            return code == 0 || code == -ENOENT ? DUMP_DONE : DUMP_FAILED;
        }
        if (!func(&message, data)) {
            errno = EBADMSG;
            return DUMP_FAILED;
        }
    }
    errno = EBADMSG;
    return outcome == WH_NETLINK_MALFORMED ? DUMP_FAILED : DUMP_MORE;
}

gboolean wh_netlink_socket_dump(guint16 type, guint8 family, WhNetlinkDumpFunc func, gpointer data,
                                gboolean *interrupted, GError **error)
{
    __attribute__((cleanup(close_fd))) int fd = dump_start(type, family, error);
    guint8 buffer[DUMP_BUFFER];
    DumpStep step = DUMP_MORE;

    if (fd < 0)
        return FALSE;
    while (step == DUMP_MORE) {
        gsize length = 0;
        WhNetlinkReceipt receipt = wh_netlink_socket_receive(fd, buffer, sizeof buffer, &length);

        if (receipt == WH_NETLINK_RECEIVED)
            step = datagram_take(buffer, length, func, data, interrupted);
        else if (receipt != WH_NETLINK_FOREIGN)
            step = DUMP_FAILED;
    }
    if (step == DUMP_FAILED)
        fail(error, "dump");
    return step == DUMP_DONE;
}
