#include "platform/windows/door.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

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

/* Whoever else is an administrator or the system may do as they like. */
static gboolean is_ours(HANDLE handle)
{
    const g_autofree char *own = wh_access_own_sid();
    const g_autofree char *usual = wh_access_own_owner();
    const g_autofree char *owner = wh_access_owner_of(handle);
    const char *const ours[] = {own, WH_ACCESS_ADMINISTRATORS, WH_ACCESS_SYSTEM, usual, NULL};

    return owner != NULL && g_strv_contains(ours, owner);
}

/* Who listens at a name, found out by knocking. */
typedef enum {
    NOBODY,
    ONE_OF_OURS,
    A_STRANGER,
} Holder;

/* Of a pipe that has no room nothing can be seen but by making an instance of it. */
static Holder holder_when_busy(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    HANDLE handle = create(name, descriptor, 0);
    Holder holder = handle != NULL && is_ours(handle) ? ONE_OF_OURS : A_STRANGER;

    if (handle != NULL)
        CloseHandle(handle);
    return holder;
}

static Holder holder_of(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor, ULONG *process)
{
    HANDLE handle = CreateFileW(name, READ_CONTROL, 0, NULL, OPEN_EXISTING,
                                SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, NULL);
    Holder holder = A_STRANGER;

    if (handle != INVALID_HANDLE_VALUE) {
        holder = is_ours(handle) ? ONE_OF_OURS : A_STRANGER;
        GetNamedPipeServerProcessId(handle, process);
        CloseHandle(handle);
    } else if (GetLastError() == ERROR_FILE_NOT_FOUND || GetLastError() == ERROR_PATH_NOT_FOUND) {
        holder = NOBODY;
    } else if (GetLastError() == ERROR_PIPE_BUSY) {
        holder = holder_when_busy(name, descriptor);
    }
    return holder;
}

/* The name is kept by clients of a listener that is gone, if by nobody else. */
static HANDLE take_over(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    HANDLE handle = create(name, descriptor, 0);

    if (handle == NULL || is_ours(handle))
        return handle;
    CloseHandle(handle);
    SetLastError(ERROR_ACCESS_DENIED);
    return NULL;
}

static HANDLE open_first(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor)
{
    HANDLE handle = create(name, descriptor, FILE_FLAG_FIRST_PIPE_INSTANCE);

    if (handle == NULL && GetLastError() == ERROR_ACCESS_DENIED)
        handle = take_over(name, descriptor);
    return handle;
}

static void set_in_use(GError **error, const char *address)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                "Another program already answers at %s. Stop it first.", address);
}

/* process: 0 when it is not known. */
static void set_kept(GError **error, const char *address, ULONG process)
{
    g_autofree char *who = process != 0 ? g_strdup_printf(" (process %lu)", process) : NULL;

    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "A program of somebody else%s keeps the name %s, which is the service's. End it "
                "in the Task Manager, as an administrator.",
                who != NULL ? who : "", address);
}

static HANDLE open_unless_held(const wchar_t *name, PSECURITY_DESCRIPTOR descriptor,
                               const char *address, GError **error)
{
    ULONG process = 0;
    Holder holder = holder_of(name, descriptor, &process);
    HANDLE handle = NULL;

    if (holder == ONE_OF_OURS) {
        set_in_use(error, address);
        return NULL;
    }
    if (holder == NOBODY)
        handle = open_first(name, descriptor);
    if (handle != NULL)
        return handle;
    if (holder == A_STRANGER || GetLastError() == ERROR_ACCESS_DENIED)
        set_kept(error, address, process);
    else
        wh_windows_set_error(error, GetLastError(), "Cannot listen at %s", address);
    return NULL;
}

HANDLE wh_door_open(const char *address, const char *sddl, GError **error)
{
    g_autofree wchar_t *name = wh_door_name(address, error);
    PSECURITY_DESCRIPTOR descriptor = name != NULL ? wh_access_descriptor(sddl, error) : NULL;
    HANDLE handle = NULL;

    if (descriptor != NULL)
        handle = open_unless_held(name, descriptor, address, error);
    LocalFree(descriptor);
    return handle;
}

HANDLE wh_door_open_again(const char *address, const char *sddl, GError **error)
{
    g_autofree wchar_t *name = wh_door_name(address, error);
    PSECURITY_DESCRIPTOR descriptor = name != NULL ? wh_access_descriptor(sddl, error) : NULL;
    HANDLE handle = NULL;

    if (descriptor != NULL) {
        handle = create(name, descriptor, 0);
        if (handle == NULL)
            wh_windows_set_error(error, GetLastError(), "Cannot listen at %s", address);
    }
    LocalFree(descriptor);
    return handle;
}
