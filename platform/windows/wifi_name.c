#include "platform/common/wifi_name.h"

#include "platform/windows/network_tables.h"

#include <wlanapi.h>

#define CLIENT_VERSION 2

/* Of wlanapi.dll, which not every Windows Server has. */
typedef struct {
    DWORD(WINAPI *open)(DWORD version, void *reserved, DWORD *negotiated, HANDLE *client);
    DWORD(WINAPI *close)(HANDLE client, void *reserved);
    DWORD(WINAPI *query)
    (HANDLE client, const GUID *interface, WLAN_INTF_OPCODE what, void *reserved, DWORD *size,
     void **data, WLAN_OPCODE_VALUE_TYPE *type);
    void(WINAPI *free)(void *data);
} Calls;

static gpointer symbol_find(HMODULE library, const char *name)
{
    return (gpointer)(gintptr)GetProcAddress(library, name);
}

static gboolean calls_find(Calls *calls)
{
    HMODULE library = LoadLibraryExW(L"wlanapi.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);

    if (library == NULL)
        return FALSE;
    *calls = (Calls){
        symbol_find(library, "WlanOpenHandle"),
        symbol_find(library, "WlanCloseHandle"),
        symbol_find(library, "WlanQueryInterface"),
        symbol_find(library, "WlanFreeMemory"),
    };
    return calls->open != NULL && calls->close != NULL && calls->query != NULL &&
           calls->free != NULL;
}

/* FALSE: no Wi-Fi, so that nobody has to be asked. */
static gboolean adapter_find(guint interface, GUID *adapter)
{
    MIB_IF_ROW2 row = {.InterfaceIndex = interface};

    if (GetIfEntry2(&row) != NO_ERROR || row.Type != IF_TYPE_IEEE80211)
        return FALSE;
    *adapter = row.InterfaceGuid;
    return TRUE;
}

static char *name_query(const Calls *calls, HANDLE client, const GUID *adapter)
{
    WLAN_CONNECTION_ATTRIBUTES *connection = NULL;
    DWORD size = 0;
    char *name = NULL;

    if (calls->query(client, adapter, wlan_intf_opcode_current_connection, NULL, &size,
                     (void **)&connection, NULL) != ERROR_SUCCESS)
        return NULL;
    if (size >= sizeof *connection && connection->isState == wlan_interface_state_connected) {
        const DOT11_SSID *ssid = &connection->wlanAssociationAttributes.dot11Ssid;

        name = wh_wifi_name_text(ssid->ucSSID, ssid->uSSIDLength);
    }
    calls->free(connection);
    return name;
}

/* The library stays loaded. Newer systems (Windows 11 24H2) tell only programs that may know where
 * the computer is; to the others this network has no name. */
char *wh_wifi_name_read(guint interface)
{
    GUID adapter;
    Calls calls;
    HANDLE client = NULL;
    DWORD version = 0;
    char *name;

    if (!adapter_find(interface, &adapter) || !calls_find(&calls) ||
        calls.open(CLIENT_VERSION, NULL, &version, &client) != ERROR_SUCCESS)
        return NULL;
    name = name_query(&calls, client, &adapter);
    calls.close(client, NULL);
    return name;
}
