#include "platform/linux/neighbour_watch_private.h"

#include "platform/common/neighbour_list.h"
#include "platform/linux/netlink_socket.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <linux/filter.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAUSE (1 * G_USEC_PER_SEC)
#define READ_BUFFER (32 * 1024)
#define DATAGRAMS_A_TURN 1000
#define NEVER (-1)

/* The source comes first: its memory lives until the last dispatch is over, so that the owner may
 * free the watch inside the callback. fd_tag: NULL during the pause after a look, in which messages
 * wait in the socket, or are lost: they only mean "look again". */
struct WhNeighbourWatch {
    GSource source;
    WhNeighbourWatchFunc changed;
    gpointer data;
    GArray *known;
    int fd;
    gpointer fd_tag;
    gint64 pause;
    guint looks;
};

/* Drops in the kernel what is no news of a pair: that the system asks, waits or asks again. */
static void filter_attach(int fd)
{
    guint type = offsetof(struct nlmsghdr, nlmsg_type);
    guint state = sizeof(struct nlmsghdr) + offsetof(struct ndmsg, ndm_state);
    /* The filter machine loads numbers in network order, netlink's are in the host's. */
    guint news = g_htons(NUD_REACHABLE | NUD_STALE | NUD_PERMANENT | NUD_FAILED);
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, type),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, g_htons(RTM_NEWNEIGH), 0, 2),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, state),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, news, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, G_MAXUINT32),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {.len = G_N_ELEMENTS(code), .filter = code};

    if (setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) != 0)
        g_debug("Neighbour messages are not filtered: %s", g_strerror(errno));
}

static int subscribe(GError **error)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_NEIGH};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

    if (fd >= 0)
        filter_attach(fd);
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "Nobody tells here when the neighbours change: %s", g_strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* FALSE: nothing is heard any more. */
static gboolean drain(WhNeighbourWatch *watch)
{
    guint8 buffer[READ_BUFFER];
    WhNetlinkReceipt receipt = WH_NETLINK_RECEIVED;

    for (guint i = 0; receipt != WH_NETLINK_EMPTY && i < DATAGRAMS_A_TURN; i++) {
        gsize length = 0;

        receipt = wh_netlink_socket_receive(watch->fd, buffer, sizeof buffer, &length);
        if (receipt == WH_NETLINK_BROKEN)
            return FALSE;
    }
    return TRUE;
}

/* TRUE: the pairs differ from those that were known. */
static gboolean look(WhNeighbourWatch *watch)
{
    g_autoptr(GError) error = NULL;
    GArray *present = wh_neighbours_read(&error);
    gboolean differs;

    watch->looks++;
    if (present == NULL) {
        g_info("%s", error->message);
        return FALSE;
    }
    differs = !wh_neighbour_list_same_pairs(watch->known, present);
    g_array_unref(watch->known);
    watch->known = present;
    return differs;
}

static void start_listening(WhNeighbourWatch *watch)
{
    g_source_set_ready_time(&watch->source, NEVER);
    watch->fd_tag = g_source_add_unix_fd(&watch->source, watch->fd, G_IO_IN | G_IO_ERR);
}

static void rest(WhNeighbourWatch *watch)
{
    g_source_remove_unix_fd(&watch->source, watch->fd_tag);
    watch->fd_tag = NULL;
    g_source_set_ready_time(&watch->source, g_get_monotonic_time() + watch->pause);
}

static gboolean watch_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhNeighbourWatch *watch = (WhNeighbourWatch *)source;

    if (watch->fd_tag == NULL) {
        start_listening(watch);
        return G_SOURCE_CONTINUE;
    }
    rest(watch);
    if (!drain(watch)) {
        g_warning("The system stopped telling about neighbours");
        g_source_set_ready_time(source, NEVER);
    }
    if (look(watch))
        watch->changed(watch->data);
    return G_SOURCE_CONTINUE;
}

static void watch_finalize(GSource *source)
{
    WhNeighbourWatch *watch = (WhNeighbourWatch *)source;

    if (watch->fd >= 0)
        close(watch->fd);
    g_clear_pointer(&watch->known, g_array_unref);
}

WhNeighbourWatch *wh_neighbour_watch_new(WhNeighbourWatchFunc changed, gpointer data,
                                         GError **error)
{
    static GSourceFuncs funcs = {.dispatch = watch_dispatch, .finalize = watch_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhNeighbourWatch *watch = (WhNeighbourWatch *)g_source_new(&funcs, sizeof *watch);

    watch->changed = changed;
    watch->data = data;
    watch->pause = PAUSE;
    /* Listening starts before the first look, so that no change falls between. */
    watch->fd = subscribe(error);
    watch->known = watch->fd >= 0 ? wh_neighbours_read(error) : NULL;
    if (watch->known == NULL) {
        g_source_unref(&watch->source);
        return NULL;
    }
    start_listening(watch);
    g_source_set_static_name(&watch->source, "wh-neighbour-watch");
    g_source_attach(&watch->source, context);
    return watch;
}

void wh_neighbour_watch_free(WhNeighbourWatch *watch)
{
    if (watch == NULL)
        return;
    g_source_destroy(&watch->source);
    g_source_unref(&watch->source);
}

void wh_neighbour_watch_set_pause(WhNeighbourWatch *watch, guint milliseconds)
{
    watch->pause = (gint64)milliseconds * 1000;
}

gboolean wh_neighbour_watch_is_idle(WhNeighbourWatch *watch)
{
    GPollFD poll = {.fd = watch->fd, .events = G_IO_IN};

    return watch->fd_tag != NULL && g_poll(&poll, 1, 0) == 0;
}

guint wh_neighbour_watch_looks(WhNeighbourWatch *watch)
{
    return watch->looks;
}
