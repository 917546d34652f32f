#include "platform/dns_servers.h"

#include "platform/windows/dns_servers_private.h"

#include <gio/gio.h>
#include <string.h>

#define NO_SERVER "127.0.0.1"
#define MAX_SERVERS 3

typedef struct {
    const SOCKADDR_INET *address;
    ULONG interface;
    ULONG metric;
} Server;

static gboolean server_read(const IP_ADAPTER_ADDRESSES *adapter, const SOCKET_ADDRESS *address,
                            Server *server)
{
    const SOCKADDR_INET *found = (const SOCKADDR_INET *)address->lpSockaddr;
    gboolean is_ipv4 = found->si_family == AF_INET;

    if (!is_ipv4 && found->si_family != AF_INET6)
        return FALSE;
    *server = (Server){.address = found, .interface = adapter->Ipv6IfIndex};
    if (server->interface == 0)
        server->interface = adapter->IfIndex;
    server->metric = is_ipv4 ? adapter->Ipv4Metric : adapter->Ipv6Metric;
    return address->iSockaddrLength >= (INT)(is_ipv4 ? sizeof found->Ipv4 : sizeof found->Ipv6);
}

/* fec0:0:0:ffff::1 to ::3 are what the system names where it was told nothing; nobody is there. */
static gboolean is_placeholder(const SOCKADDR_INET *address)
{
    const guint8 prefix[] = {0xfe, 0xc0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0};

    return address->si_family == AF_INET6 &&
           memcmp(&address->Ipv6.sin6_addr, prefix, sizeof prefix) == 0;
}

/* A link-local address gets the number of its interface as zone. */
static char *server_text(const Server *server)
{
    gboolean is_ipv4 = server->address->si_family == AF_INET;
    const guint8 *bytes = is_ipv4 ? (const guint8 *)&server->address->Ipv4.sin_addr
                                  : (const guint8 *)&server->address->Ipv6.sin6_addr;
    g_autoptr(GInetAddress) address =
        g_inet_address_new_from_bytes(bytes, is_ipv4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6);
    g_autofree char *text = g_inet_address_to_string(address);

    if (is_ipv4 || !g_inet_address_get_is_link_local(address))
        return g_steal_pointer(&text);
    ULONG zone = server->address->Ipv6.sin6_scope_id;
    return g_strdup_printf("%s%%%lu", text, zone != 0 ? zone : server->interface);
}

/* Behind those that are as good: adapters come in the order in which a person sorted them. */
static void server_insert(GArray *servers, const Server *server)
{
    guint place = 0;

    while (place < servers->len && g_array_index(servers, Server, place).metric <= server->metric)
        place++;
    g_array_insert_val(servers, place, *server);
}

static GArray *servers_collect(const IP_ADAPTER_ADDRESSES *adapter)
{
    GArray *servers = g_array_new(FALSE, FALSE, sizeof(Server));

    for (; adapter != NULL; adapter = adapter->Next) {
        const IP_ADAPTER_DNS_SERVER_ADDRESS *entry = adapter->FirstDnsServerAddress;

        for (; entry != NULL && wh_network_adapter_is_usable(adapter); entry = entry->Next) {
            Server server;

            if (server_read(adapter, &entry->Address, &server) && !is_placeholder(server.address))
                server_insert(servers, &server);
        }
    }
    return servers;
}

char **wh_dns_servers_choose(const IP_ADAPTER_ADDRESSES *adapters)
{
    g_autoptr(GArray) servers = servers_collect(adapters);
    GPtrArray *chosen = g_ptr_array_new();

    for (guint i = 0; i < servers->len && chosen->len < MAX_SERVERS; i++) {
        g_autofree char *text = server_text(&g_array_index(servers, Server, i));

        if (!g_ptr_array_find_with_equal_func(chosen, text, g_str_equal, NULL))
            g_ptr_array_add(chosen, g_steal_pointer(&text));
    }
    if (chosen->len == 0)
        g_ptr_array_add(chosen, g_strdup(NO_SERVER));
    g_ptr_array_add(chosen, NULL);
    return (char **)g_ptr_array_free(chosen, FALSE);
}

char **wh_dns_servers_list(void)
{
    g_autofree IP_ADAPTER_ADDRESSES *adapters = NULL;
    g_autoptr(GError) error = NULL;

    if (!wh_network_tables_read_adapters(GAA_FLAG_SKIP_UNICAST | GAA_FLAG_SKIP_ANYCAST |
                                             GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_FRIENDLY_NAME,
                                         &adapters, &error))
        g_info("%s", error->message);
    return wh_dns_servers_choose(adapters);
}
