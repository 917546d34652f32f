#include "platform/linux/peer.h"

#include "platform/linux/process.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OVERFLOW_FILE "/proc/sys/kernel/overflowuid"
#define USUAL_OVERFLOW 65534

/* Where the accounts of people begin (login.defs(5), UID_MIN), and what is none of theirs above it:
 * users that systemd makes up while a service runs, and what stands for nobody. */
#define FIRST_PERSON 1000
#define FIRST_MADE_UP 61184
#define LAST_MADE_UP 65535

static guint32 overflow_uid(void)
{
    g_autofree char *text = NULL;
    guint64 number = 0;

    if (!g_file_get_contents(OVERFLOW_FILE, &text, NULL, NULL) ||
        !g_ascii_string_to_unsigned(g_strchomp(text), 10, 0, G_MAXUINT32, &number, NULL))
        return USUAL_OVERFLOW;
    return (guint32)number;
}

gboolean wh_peer_uid_is_person(guint32 uid)
{
    return uid >= FIRST_PERSON && !(uid >= FIRST_MADE_UP && uid <= LAST_MADE_UP) &&
           uid != G_MAXUINT32;
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
    peer->is_person = wh_peer_uid_is_person(uid);
    peer->started = wh_process_started(pid, uid);
    g_snprintf(peer->principal, sizeof peer->principal, WH_PEER_PREFIX "%u", uid);
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
    return peer->known ? strtoll(peer->principal + strlen(WH_PEER_PREFIX), NULL, 10) : -1;
}
