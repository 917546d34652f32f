#include "platform/linux/peer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OVERFLOW_FILE "/proc/sys/kernel/overflowuid"
#define USUAL_OVERFLOW 65534
#define PRINCIPAL_PREFIX "uid:"

static guint32 overflow_uid(void)
{
    g_autofree char *text = NULL;
    guint64 number = 0;

    if (!g_file_get_contents(OVERFLOW_FILE, &text, NULL, NULL) ||
        !g_ascii_string_to_unsigned(g_strchomp(text), 10, 0, G_MAXUINT32, &number, NULL))
        return USUAL_OVERFLOW;
    return (guint32)number;
}

void wh_peer_from_credentials(gint64 pid, guint32 uid, guint32 overflow, WhPeer *peer)
{
    memset(peer, 0, sizeof *peer);
    peer->pid = pid;
    if (uid == G_MAXUINT32 || uid == overflow || uid == USUAL_OVERFLOW) {
        g_strlcpy(peer->principal, "unknown", sizeof peer->principal);
        return;
    }
    peer->known = TRUE;
    peer->is_root = uid == 0;
    peer->is_self = uid == geteuid();
    g_snprintf(peer->principal, sizeof peer->principal, PRINCIPAL_PREFIX "%u", uid);
}

void wh_peer_from_fd(int fd, WhPeer *peer)
{
    struct ucred credentials = {.uid = G_MAXUINT32};
    socklen_t length = sizeof credentials;

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0 ||
        length != sizeof credentials)
        credentials = (struct ucred){.uid = G_MAXUINT32};
    wh_peer_from_credentials(credentials.pid, credentials.uid, overflow_uid(), peer);
}

gint64 wh_peer_uid(const WhPeer *peer)
{
    return peer->known ? strtoll(peer->principal + strlen(PRINCIPAL_PREFIX), NULL, 10) : -1;
}
