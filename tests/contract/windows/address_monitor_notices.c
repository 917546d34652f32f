#include "tests/contract/windows/address_monitor_notices.h"

#include <winsock2.h>

typedef struct {
    gboolean played;
    gboolean granted;
    guint count;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

void wh_notices_begin(void)
{
    *world() = (World){.played = TRUE};
}

void wh_notices_end(void)
{
    *world() = (World){0};
}

void wh_notices_grant(void)
{
    world()->granted = TRUE;
}

guint wh_notices_count(void)
{
    return world()->count;
}

typedef DWORD(WINAPI *Notify)(ADDRESS_FAMILY, void *, void *, BOOLEAN, HANDLE *);
typedef DWORD(WINAPI *Cancel)(HANDLE);

static void *real(const char *name)
{
    return (void *)GetProcAddress(LoadLibraryW(L"iphlpapi.dll"), name);
}

/* A notice has a number for a handle. */
static DWORD notify(const char *name, ADDRESS_FAMILY family, void *told, void *data, BOOLEAN first,
                    HANDLE *notice)
{
    if (!world()->played)
        return ((Notify)real(name))(family, told, data, first, notice);
    if (!world()->granted)
        return ERROR_SERVICE_NOT_ACTIVE;
    *notice = GUINT_TO_POINTER(++world()->count);
    return NO_ERROR;
}

/* In place of what the import library has: the linker takes what is here already. */
DWORD WINAPI NotifyUnicastIpAddressChange(ADDRESS_FAMILY family, void *told, void *data,
                                          BOOLEAN first, HANDLE *notice);
DWORD WINAPI NotifyRouteChange2(ADDRESS_FAMILY family, void *told, void *data, BOOLEAN first,
                                HANDLE *notice);
DWORD WINAPI NotifyIpInterfaceChange(ADDRESS_FAMILY family, void *told, void *data, BOOLEAN first,
                                     HANDLE *notice);
DWORD WINAPI CancelMibChangeNotify2(HANDLE notice);

DWORD WINAPI NotifyUnicastIpAddressChange(ADDRESS_FAMILY family, void *told, void *data,
                                          BOOLEAN first, HANDLE *notice)
{
    return notify("NotifyUnicastIpAddressChange", family, told, data, first, notice);
}

DWORD WINAPI NotifyRouteChange2(ADDRESS_FAMILY family, void *told, void *data, BOOLEAN first,
                                HANDLE *notice)
{
    return notify("NotifyRouteChange2", family, told, data, first, notice);
}

DWORD WINAPI NotifyIpInterfaceChange(ADDRESS_FAMILY family, void *told, void *data, BOOLEAN first,
                                     HANDLE *notice)
{
    return notify("NotifyIpInterfaceChange", family, told, data, first, notice);
}

DWORD WINAPI CancelMibChangeNotify2(HANDLE notice)
{
    if (!world()->played)
        return ((Cancel)real("CancelMibChangeNotify2"))(notice);
    world()->count--;
    return NO_ERROR;
}
