#include "platform/windows/door.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

#include <aclapi.h>
#include <string.h>

#define PREFIX "\\\\.\\pipe\\"
#define LONGEST 256

wchar_t *wh_door_name(const char *address, GError **error)
{
    wchar_t *name = NULL;

    if (g_ascii_strncasecmp(address, PREFIX, strlen(PREFIX)) == 0 &&
        address[strlen(PREFIX)] != '\0' && strpbrk(address + strlen(PREFIX), "\\/") == NULL &&
        strlen(address) <= LONGEST)
        name = wh_windows_wide(address);
    if (name == NULL)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                    "%.300s is not the name of a pipe of this computer. Give one such as " PREFIX
                    "wayhome.",
                    address);
    return name;
}

/* Whether somebody listens, found out by knocking. */
static gboolean is_answered(const wchar_t *name)
{
    HANDLE handle = CreateFileW(name, FILE_READ_ATTRIBUTES, 0, NULL, OPEN_EXISTING,
                                SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, NULL);
    DWORD code = GetLastError();

    if (handle != INVALID_HANDLE_VALUE)
        CloseHandle(handle);
    return handle != INVALID_HANDLE_VALUE ||
           (code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND);
}

/* NULL with a code of GetLastError(). */
static HANDLE create(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor, DWORD flags)
{
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, descriptor, FALSE};
    HANDLE handle = CreateNamedPipeW(
        name, PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | flags,
        PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
        PIPE_UNLIMITED_INSTANCES, WH_DOOR_BUFFER, WH_DOOR_BUFFER, 0, &attributes);

    return handle != INVALID_HANDLE_VALUE ? handle : NULL;
}

static gboolean lists_are_same(PSECURITY_DESCRIPTOR descriptor, const ACL *found)
{
    BOOL present, defaulted;
    ACL *expected = NULL;

    return GetSecurityDescriptorDacl(descriptor, &present, &expected, &defaulted) &&
           found != NULL && expected != NULL && found->AclSize == expected->AclSize &&
           memcmp(found, expected, found->AclSize) == 0;
}

/* A pipe that is there already has the owner and the access list that its maker gave it. */
static gboolean is_ours(HANDLE handle, PSECURITY_DESCRIPTOR descriptor)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    PSECURITY_DESCRIPTOR there = NULL;
    PSID owner = NULL;
    ACL *list = NULL;
    gboolean ours = GetSecurityInfo(handle, SE_KERNEL_OBJECT,
                                    OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                                    NULL, &list, NULL, &there) == ERROR_SUCCESS &&
                    owner != NULL && wh_trust_has(trust, owner) && lists_are_same(descriptor, list);

    LocalFree(there);
    return ours;
}

/* The name is kept by clients of a listener that is gone, if by nobody else. */
static HANDLE take_over(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    HANDLE handle = create(name, descriptor, 0);

    if (handle == NULL || is_ours(handle, descriptor))
        return handle;
    CloseHandle(handle);
    SetLastError(ERROR_ACCESS_DENIED);
    return NULL;
}

static HANDLE open_first(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    HANDLE handle = NULL;

    if (is_answered(name)) {
        SetLastError(ERROR_ACCESS_DENIED);
        return NULL;
    }
    handle = create(name, descriptor, FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (handle == NULL && GetLastError() == ERROR_ACCESS_DENIED)
        handle = take_over(name, descriptor);
    return handle;
}

static gboolean is_taken(DWORD code)
{
    return code == ERROR_ACCESS_DENIED || code == ERROR_PIPE_BUSY || code == ERROR_ALREADY_EXISTS;
}

static HANDLE open_by(HANDLE (*func)(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor),
                      const char *address, const char *sddl, GError **error)
{
    g_autofree wchar_t *name = wh_door_name(address, error);
    PSECURITY_DESCRIPTOR descriptor = name != NULL ? wh_access_descriptor(sddl, error) : NULL;
    HANDLE handle = descriptor != NULL ? func(name, descriptor) : NULL;
    DWORD code = GetLastError();

    LocalFree(descriptor);
    if (handle != NULL || descriptor == NULL)
        return handle;
    if (func == open_first && is_taken(code))
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                    "Another program already answers at %s. Stop it first.", address);
    else
        wh_windows_set_error(error, code, "Cannot listen at %s", address);
    return NULL;
}

static HANDLE open_further(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    return create(name, descriptor, 0);
}

HANDLE wh_door_open(const char *address, const char *sddl, GError **error)
{
    return open_by(open_first, address, sddl, error);
}

HANDLE wh_door_open_again(const char *address, const char *sddl, GError **error)
{
    return open_by(open_further, address, sddl, error);
}
