/* What an access token says about its user. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* user: the account, as the system writes it ("S-1-5-21-..."). */
typedef struct {
    char *user;
    guint32 session;
    gboolean is_administrator; /* and may act as one now, with nothing taken off */
    gboolean is_restricted;    /* somebody locked this program into a part of its rights */
    gboolean is_interactive;   /* signed in at a screen, here or from afar */
    gboolean is_from_afar;     /* signed in over the network without a screen, as by SSH */
} WhToken;

/* Reads a token that is open with TOKEN_QUERY. Documentation: GetTokenInformation. FALSE: the
 * system does not say; `token` is all zero. Otherwise end with wh_token_clear(). */
gboolean wh_token_read(HANDLE handle, WhToken *token);

/* Takes one of its groups, with its SE_GROUP_* attributes, into account. A group that only refuses
 * (an administrator before User Account Control has asked) gives nothing. */
void wh_token_note_group(WhToken *token, const char *group, guint32 attributes);
void wh_token_clear(WhToken *token);

/* Whether the account is one for people: of this computer, a domain or Microsoft's directory, and
 * none of those that Windows makes for itself (Guest, DefaultAccount, WDAGUtilityAccount, krbtgt).
 */
gboolean wh_token_user_is_person(const char *user);

/* The user of a process. NULL when the system does not say. Free with g_free(). */
char *wh_token_user_of_process(guint32 pid);

/* The same of this process. */
char *wh_token_own_user(void);

G_END_DECLS
