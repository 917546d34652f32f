#include "platform/users.h"

#include "platform/windows/access.h"
#include "platform/windows/peer.h"
#include "platform/windows/text.h"

#include <sddl.h>
#include <string.h>

#define MAX_NAME 256

typedef struct {
    wchar_t name[MAX_NAME + 1];
    wchar_t domain[MAX_NAME + 1];
    SID_NAME_USE use;
} Account;

/* 0 or a code of GetLastError(). */
static DWORD account_of_sid(PSID sid, Account *account)
{
    DWORD name_length = G_N_ELEMENTS(account->name);
    DWORD domain_length = G_N_ELEMENTS(account->domain);
    if (!LookupAccountSidW(NULL, sid, account->name, &name_length, account->domain, &domain_length,
                           &account->use))
        return GetLastError();
    return 0;
}

/* Of this computer: its domain is the computer's own name. */
static gboolean is_local(const Account *account)
{
    wchar_t computer[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD length = G_N_ELEMENTS(computer);
    return GetComputerNameW(computer, &length) && _wcsicmp(computer, account->domain) == 0;
}

/* As the system writes it: with the domain in front when it is not this computer's. */
static char *account_text(const Account *account)
{
    g_autofree char *name = wh_windows_utf8(account->name);
    g_autofree char *domain = wh_windows_utf8(account->domain);
    if (account->use != SidTypeUser || *domain == '\0' || is_local(account))
        return g_steal_pointer(&name);
    return g_strdup_printf("%s\\%s", domain, name);
}

char *wh_users_name(const char *principal)
{
    const char *text = wh_peer_sid_of(principal);
    g_autofree wchar_t *wide = wh_windows_wide(text);
    PSID sid = NULL;
    Account account;
    if (wide == NULL || *wide == 0 || !ConvertStringSidToSidW(wide, &sid))
        return NULL;
    DWORD code = account_of_sid(sid, &account);
    LocalFree(sid);
    return code == 0 ? account_text(&account) : NULL;
}

/* The account's identifier as text, for g_free(), or NULL with *code. */
static char *sid_of_name(const wchar_t *name, SID_NAME_USE *use, DWORD *code)
{
    guint8 room[SECURITY_MAX_SID_SIZE];
    wchar_t domain[MAX_NAME + 1];
    DWORD size = sizeof room;
    DWORD domain_length = G_N_ELEMENTS(domain);
    if (!LookupAccountNameW(NULL, name, room, &size, domain, &domain_length, use)) {
        *code = GetLastError();
        return NULL;
    }
    return wh_access_sid_text(room);
}

/* A person who is called as the computer is found only with the computer's name in front: alone,
 * the name means the computer. */
static char *find_sid(const char *user, SID_NAME_USE *use, DWORD *code)
{
    g_autofree wchar_t *wide = wh_windows_wide(user);
    *code = ERROR_NONE_MAPPED;
    if (wide == NULL)
        return NULL;
    g_autofree char *found = sid_of_name(wide, use, code);
    if (found == NULL || *use != SidTypeDomain)
        return g_steal_pointer(&found);
    g_autofree char *full = g_strdup_printf("%s\\%s", user, user);
    g_autofree wchar_t *wide_full = wh_windows_wide(full);
    return sid_of_name(wide_full, use, code);
}

static gboolean means_nobody(DWORD code)
{
    return code == ERROR_NONE_MAPPED || code == ERROR_INVALID_PARAMETER ||
           code == ERROR_INVALID_NAME || code == ERROR_INVALID_ACCOUNT_NAME ||
           code == ERROR_NO_SUCH_USER;
}

static void set_not_found(GError **error, DWORD code)
{
    if (means_nobody(code))
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                            "This computer has no user of that name. Give the name with which "
                            "they sign in.");
    else {
        g_autofree char *reason = wh_windows_error_text(code);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                    "The users of this computer cannot be looked up now (%s). Try again later.",
                    reason);
    }
}

char *wh_users_find(const char *user, char **name, GError **error)
{
    SID_NAME_USE use = SidTypeUnknown;
    DWORD code = ERROR_NONE_MAPPED;
    g_autofree char *sid =
        *user != '\0' && strlen(user) <= MAX_NAME ? find_sid(user, &use, &code) : NULL;

    if (sid == NULL) {
        set_not_found(error, code);
        return NULL;
    }
    if (use != SidTypeUser || !wh_token_user_is_person(sid)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "That is an account of the system. Give the name with which a person "
                            "signs in.");
        return NULL;
    }
    g_autofree char *principal = g_strconcat(WH_PEER_PREFIX, sid, NULL);
    g_autofree char *written = wh_users_name(principal);
    *name = written != NULL ? g_steal_pointer(&written) : g_strdup(user);
    return g_steal_pointer(&principal);
}

gboolean wh_users_principals_return(void)
{
    return FALSE;
}
