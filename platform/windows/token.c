#include "platform/windows/token.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

#include <sddl.h>
#include <string.h>

#define INTERACTIVE "S-1-5-4"
#define REMOTE_INTERACTIVE "S-1-5-14"
#define NETWORK "S-1-5-2"

/* Accounts that every computer or domain has: their last number. Guest, the one that hands out
 * tickets in a domain, DefaultAccount, and that of Application Guard. */
static const guint32 no_persons[] = {501, 502, 503, 504};

/* Free with g_free(). */
static gpointer information(HANDLE handle, TOKEN_INFORMATION_CLASS class)
{
    DWORD size = 0;
    GetTokenInformation(handle, class, NULL, 0, &size);
    if (size == 0)
        return NULL;
    g_autofree gpointer room = g_malloc0(size);
    return GetTokenInformation(handle, class, room, size, &size) ? g_steal_pointer(&room) : NULL;
}

void wh_token_note_group(WhToken *token, const char *group, guint32 attributes)
{
    if ((attributes & SE_GROUP_ENABLED) == 0 || (attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0)
        return;
    if (g_str_equal(group, WH_ACCESS_ADMINISTRATORS))
        token->is_administrator = TRUE;
    if (g_str_equal(group, INTERACTIVE) || g_str_equal(group, REMOTE_INTERACTIVE))
        token->is_interactive = TRUE;
    if (g_str_equal(group, NETWORK))
        token->is_from_afar = TRUE;
}

static gboolean read_groups(HANDLE handle, WhToken *token)
{
    g_autofree TOKEN_GROUPS *groups = information(handle, TokenGroups);
    if (groups == NULL)
        return FALSE;
    for (DWORD i = 0; i < groups->GroupCount; i++) {
        g_autofree char *group = wh_access_sid_text(groups->Groups[i].Sid);
        if (group != NULL)
            wh_token_note_group(token, group, groups->Groups[i].Attributes);
    }
    return TRUE;
}

/* A program that somebody locked into a part of their own rights may do what both allow: the groups
 * alone would say too much. Not to know counts as being locked in, except under Wine, which has no
 * such thing. */
static gboolean is_restricted(HANDLE handle)
{
    SetLastError(ERROR_SUCCESS);
    g_autofree TOKEN_GROUPS *groups = information(handle, TokenRestrictedSids);

    return groups != NULL ? groups->GroupCount > 0 : GetLastError() != ERROR_INVALID_FUNCTION;
}

gboolean wh_token_read(HANDLE handle, WhToken *token)
{
    g_autofree TOKEN_USER *user = information(handle, TokenUser);
    DWORD session = 0;
    DWORD size = sizeof session;

    memset(token, 0, sizeof *token);
    if (user == NULL || !GetTokenInformation(handle, TokenSessionId, &session, size, &size) ||
        !read_groups(handle, token)) {
        wh_token_clear(token);
        return FALSE;
    }
    token->is_restricted = is_restricted(handle);
    token->session = session;
    token->user = wh_access_sid_text(user->User.Sid);
    return token->user != NULL;
}

void wh_token_clear(WhToken *token)
{
    g_free(token->user);
    memset(token, 0, sizeof *token);
}

/* How many numbers follow `prefix`, and the last of them. 0: something else does. */
static guint numbers_after(const char *text, const char *prefix, guint64 *last)
{
    if (!g_str_has_prefix(text, prefix))
        return 0;
    g_auto(GStrv) numbers = g_strsplit(text + strlen(prefix), "-", -1);
    guint count = g_strv_length(numbers);
    for (guint i = 0; i < count; i++)
        if (!g_ascii_string_to_unsigned(numbers[i], 10, 0, G_MAXUINT32, last, NULL))
            return 0;
    return count;
}

gboolean wh_token_user_is_person(const char *user)
{
    guint64 last = 0;
    if (numbers_after(user, "S-1-12-1-", &last) == 4)
        return TRUE;
    if (numbers_after(user, "S-1-5-21-", &last) != 4)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS(no_persons); i++)
        if (last == no_persons[i])
            return FALSE;
    return TRUE;
}

static char *user_of(HANDLE process)
{
    HANDLE handle = NULL;

    if (!OpenProcessToken(process, TOKEN_QUERY, &handle))
        return NULL;
    g_autofree TOKEN_USER *found = information(handle, TokenUser);
    CloseHandle(handle);
    return found != NULL ? wh_access_sid_text(found->User.Sid) : NULL;
}

char *wh_token_user_of_process(guint32 pid)
{
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);

    if (process == NULL)
        return NULL;
    char *user = user_of(process);
    CloseHandle(process);
    return user;
}

char *wh_token_own_user(void)
{
    return user_of(GetCurrentProcess());
}
