#include "tests/contract/dns_servers_adapter.h"

#include "platform/windows/dns_servers_private.h"

#include <gio/gio.h>

#define MAX_ADAPTERS 3
#define MAX_SERVERS 5

typedef struct {
    const char *servers; /* with blanks between */
    ULONG ipv4_metric;
    ULONG ipv6_metric;
    IF_OPER_STATUS status;
    ULONG type;
} Row;

/* What the system's list of adapters points into. */
typedef struct {
    IP_ADAPTER_ADDRESSES adapters[MAX_ADAPTERS];
    IP_ADAPTER_DNS_SERVER_ADDRESS entries[MAX_ADAPTERS][MAX_SERVERS];
    SOCKADDR_INET addresses[MAX_ADAPTERS][MAX_SERVERS];
} List;

static void server_put(List *list, guint adapter, guint place, const char *text)
{
    SOCKADDR_INET *address = &list->addresses[adapter][place];
    IP_ADAPTER_DNS_SERVER_ADDRESS *entry = &list->entries[adapter][place];
    g_autoptr(GSocketAddress) given = g_inet_socket_address_new_from_string(text, 0);

    g_assert_nonnull(given);
    g_assert_true(g_socket_address_to_native(given, address, sizeof *address, NULL));
    entry->Address.lpSockaddr = (SOCKADDR *)address;
    entry->Address.iSockaddrLength = (INT)g_socket_address_get_native_size(given);
    if (place == 0)
        list->adapters[adapter].FirstDnsServerAddress = entry;
    else
        list->entries[adapter][place - 1].Next = entry;
}

static void adapter_put(List *list, guint place, const Row *row)
{
    IP_ADAPTER_ADDRESSES *adapter = &list->adapters[place];
    g_auto(GStrv) servers = g_strsplit(row->servers, " ", -1);

    adapter->IfIndex = adapter->Ipv6IfIndex = place + 7;
    adapter->Ipv4Metric = row->ipv4_metric;
    adapter->Ipv6Metric = row->ipv6_metric;
    adapter->OperStatus = row->status;
    adapter->IfType = row->type;
    for (guint i = 0; servers[i] != NULL; i++)
        server_put(list, place, i, servers[i]);
    if (place > 0)
        list->adapters[place - 1].Next = adapter;
}

static char **servers_of(const Row *rows, guint n_rows)
{
    g_autofree List *list = g_new0(List, 1);

    for (guint i = 0; i < n_rows; i++)
        adapter_put(list, i, &rows[i]);
    return wh_dns_servers_choose(n_rows > 0 ? list->adapters : NULL);
}

char **wh_adapter_dns_servers(const char *const *addresses)
{
    g_autofree char *joined = g_strjoinv(" ", (char **)addresses);
    const Row row = {joined, 25, 25, IfOperStatusUp, IF_TYPE_ETHERNET_CSMACD};

    return servers_of(&row, 1);
}

static void check(const Row *rows, guint n_rows, const char *expected)
{
    g_auto(GStrv) servers = servers_of(rows, n_rows);
    g_autofree char *joined = g_strjoinv(" ", servers);

    g_assert_cmpstr(joined, ==, expected);
}

static void test_lowest_metric_first(void)
{
    const Row rows[] = {
        {"192.0.2.1 2001:db8::1", 50, 5, IfOperStatusUp, IF_TYPE_IEEE80211},
        {"192.0.2.2 2001:db8::2", 25, 25, IfOperStatusUp, IF_TYPE_ETHERNET_CSMACD},
    };

    check(rows, G_N_ELEMENTS(rows), "2001:db8::1 192.0.2.2 2001:db8::2");
}

static void test_only_adapters_in_use(void)
{
    const Row rows[] = {
        {"192.0.2.1", 1, 1, IfOperStatusDown, IF_TYPE_ETHERNET_CSMACD},
        {"192.0.2.2", 1, 1, IfOperStatusUp, IF_TYPE_SOFTWARE_LOOPBACK},
        {"192.0.2.3", 99, 99, IfOperStatusUp, IF_TYPE_PPP},
    };

    check(rows, G_N_ELEMENTS(rows), "192.0.2.3");
    check(rows, 2, "127.0.0.1");
    check(NULL, 0, "127.0.0.1");
}

static void test_placeholders_are_nobody(void)
{
    const Row row = {"fec0:0:0:ffff::1 fec0:0:0:ffff::2 fec0:0:0:ffff::3 fec0:0:0:fffe::1", 1, 1,
                     IfOperStatusUp, IF_TYPE_ETHERNET_CSMACD};

    check(&row, 1, "fec0:0:0:fffe::1");
}

static void test_each_once(void)
{
    const Row rows[] = {
        {"192.0.2.1 192.0.2.2", 1, 1, IfOperStatusUp, IF_TYPE_ETHERNET_CSMACD},
        {"192.0.2.1 192.0.2.3", 2, 2, IfOperStatusUp, IF_TYPE_IEEE80211},
    };

    check(rows, G_N_ELEMENTS(rows), "192.0.2.1 192.0.2.2 192.0.2.3");
}

static void test_link_local_has_its_interface(void)
{
    const Row rows[] = {
        {"fe80::1", 1, 1, IfOperStatusUp, IF_TYPE_ETHERNET_CSMACD},
        {"fe80::1 fe80::2%3", 2, 2, IfOperStatusUp, IF_TYPE_IEEE80211},
    };

    check(rows, G_N_ELEMENTS(rows), "fe80::1%7 fe80::1%8 fe80::2%3");
}

#define ADD(path, func) g_test_add_func("/dns-servers/windows/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("lowest-metric-first", test_lowest_metric_first);
    ADD("only-adapters-in-use", test_only_adapters_in_use);
    ADD("placeholders-are-nobody", test_placeholders_are_nobody);
    ADD("each-once", test_each_once);
    ADD("link-local-has-its-interface", test_link_local_has_its_interface);
}
