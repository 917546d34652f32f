#include "platform/windows/peer.h"

#include "platform/windows/access.h"

#include <string.h>

#define LONGEST_SID (sizeof(((WhPeer *)NULL)->principal) - sizeof WH_PEER_PREFIX)

static void forget(WhPeer *peer)
{
    memset(peer, 0, sizeof *peer);
    g_strlcpy(peer->principal, "unknown", sizeof peer->principal);
}

void wh_peer_from_token(const WhToken *token, const char *self, guint32 console, WhPeer *peer)
{
    /* Half of an account would be somebody else's. */
    if (strlen(token->user) > LONGEST_SID)
        return;
    peer->known = TRUE;
    peer->is_root = !token->is_restricted &&
                    (token->is_administrator || g_str_equal(token->user, WH_ACCESS_SYSTEM));
    peer->is_self = g_str_equal(token->user, self);
    peer->is_person = wh_token_user_is_person(token->user);
    peer->is_signed_in = token->is_interactive || (token->is_from_afar && peer->is_person);
    peer->is_at_console = token->is_interactive && token->session == console;
    g_snprintf(peer->principal, sizeof peer->principal, WH_PEER_PREFIX "%s", token->user);
}

/* Whoever this thread is taken for must not stay. */
static void be_oneself(void)
{
    if (!RevertToSelf())
        g_error("The service cannot take off a client's identity again");
}

/* FALSE: not yet. *handle NULL: the client does not let itself be known. */
static gboolean open_token(HANDLE pipe, HANDLE *handle)
{
    *handle = NULL;
    if (!ImpersonateNamedPipeClient(pipe))
        return GetLastError() != ERROR_CANNOT_IMPERSONATE;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, handle))
        *handle = NULL;
    be_oneself();
    return TRUE;
}

gboolean wh_peer_from_pipe(HANDLE pipe, WhPeer *peer)
{
    g_autofree char *self = wh_access_own_sid();
    HANDLE handle;
    ULONG pid = 0;
    WhToken token = {0};

    forget(peer);
    if (!open_token(pipe, &handle))
        return FALSE;
    if (handle != NULL && wh_token_read(handle, &token))
        wh_peer_from_token(&token, self, WTSGetActiveConsoleSessionId(), peer);
    wh_token_clear(&token);
    if (handle != NULL)
        CloseHandle(handle);
    if (GetNamedPipeClientProcessId(pipe, &pid))
        peer->pid = pid;
    return TRUE;
}

const char *wh_peer_sid_of(const char *principal)
{
    return g_str_has_prefix(principal, WH_PEER_PREFIX) ? principal + strlen(WH_PEER_PREFIX) : NULL;
}

const char *wh_peer_sid(const WhPeer *peer)
{
    return peer->known ? wh_peer_sid_of(peer->principal) : NULL;
}
