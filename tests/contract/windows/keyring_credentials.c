#include "tests/contract/windows/keyring_credentials.h"

#include "platform/windows/text.h"

#include <string.h>
#include <windows.h>

/* Needs the one above. */
#include <wincred.h>

WhTestCredentials *wh_test_credentials(void)
{
    static WhTestCredentials world;

    return &world;
}

typedef BOOL(WINAPI *Enumerate)(LPCWSTR, DWORD, DWORD *, PCREDENTIALW **);
typedef BOOL(WINAPI *Write)(PCREDENTIALW, DWORD);
typedef BOOL(WINAPI *Delete)(LPCWSTR, DWORD, DWORD);

static void *real(const char *name)
{
    return (void *)GetProcAddress(LoadLibraryW(L"advapi32.dll"), name);
}

/* Wine measures what there is, and then copies what there is by then. */
static GMutex *one_at_a_time(void)
{
    static GMutex mutex;

    return &mutex;
}

static BOOL WINAPI enumerate(LPCWSTR filter, DWORD flags, DWORD *count, PCREDENTIALW **found)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(one_at_a_time());

    if (wh_test_credentials()->enumerating == 0)
        return ((Enumerate)real("CredEnumerateW"))(filter, flags, count, found);
    SetLastError(wh_test_credentials()->enumerating);
    return FALSE;
}

static BOOL WINAPI write_one(PCREDENTIALW credential, DWORD flags)
{
    g_atomic_int_inc(&wh_test_credentials()->waiting);
    while (g_atomic_int_get(&wh_test_credentials()->slow))
        g_usleep(1000);
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(one_at_a_time());
    if (wh_test_credentials()->writing == 0 || wh_test_credentials()->after-- > 0)
        return ((Write)real("CredWriteW"))(credential, flags);
    wh_test_credentials()->after = 0;
    SetLastError(wh_test_credentials()->writing);
    return FALSE;
}

static BOOL WINAPI delete_one(LPCWSTR name, DWORD type, DWORD flags)
{
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(one_at_a_time());

    if (wh_test_credentials()->enumerating == 0)
        return ((Delete)real("CredDeleteW"))(name, type, flags);
    SetLastError(wh_test_credentials()->enumerating);
    return FALSE;
}

/* In place of what the import library has: the linker takes what is here already. */
extern const Enumerate __imp_CredEnumerateW;
extern const Write __imp_CredWriteW;
extern const Delete __imp_CredDeleteW;
const Enumerate __imp_CredEnumerateW = enumerate;
const Write __imp_CredWriteW = write_one;
const Delete __imp_CredDeleteW = delete_one;

guint wh_test_credentials_count(const char *prefix, gboolean removed)
{
    g_autofree char *filter = g_strconcat(prefix, "*", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(filter);
    PCREDENTIALW *found = NULL;
    DWORD count = 0;

    if (!CredEnumerateW(wide, 0, &count, &found))
        return 0;
    for (DWORD i = 0; removed && i < count; i++)
        CredDeleteW(found[i]->TargetName, found[i]->Type, 0);
    CredFree(found);
    return count;
}

void wh_test_credentials_clear(void)
{
    *wh_test_credentials() = (WhTestCredentials){0};
    wh_test_credentials_count("Wayhome:test:", TRUE);
    wh_test_credentials_count("Wayhome:other:", TRUE);
}

void wh_test_credentials_plant(const char *name, const char *comment, const char *text)
{
    g_autofree wchar_t *wide = wh_windows_wide(name);
    g_autofree wchar_t *wide_comment = wh_windows_wide(comment);
    CREDENTIALW credential = {
        .Type = CRED_TYPE_GENERIC,
        .TargetName = wide,
        .Comment = wide_comment,
        .CredentialBlobSize = (DWORD)strlen(text),
        .CredentialBlob = (BYTE *)text,
        .Persist = CRED_PERSIST_LOCAL_MACHINE,
    };

    g_assert_true(CredWriteW(&credential, 0));
}
