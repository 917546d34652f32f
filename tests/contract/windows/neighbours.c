#include "tests/contract/neighbours_adapter.h"

#include "platform/windows/neighbours_private.h"
#include "tests/contract/windows/address_monitor_line.h"

#include <gio/gio.h>
#include <string.h>

#define SOME_INTERFACE 7
#define MOST_ROWS 64

/* A table as the system gives it. */
typedef struct {
    ULONG count;
    MIB_IPNET_ROW2 rows[MOST_ROWS];
} Table;

static Table *table(void)
{
    static Table the_table;

    return &the_table;
}

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    *table() = (Table){0};
}

guint wh_adapter_interface(void)
{
    return SOME_INTERFACE;
}

void wh_adapter_set(const WhAdapterMachine *machine)
{
    static const NL_NEIGHBOR_STATE states[] = {
        [WH_ADAPTER_ANSWERS] = NlnsReachable,
        [WH_ADAPTER_QUIET] = NlnsStale,
        [WH_ADAPTER_SILENT] = NlnsUnreachable,
    };
    MIB_IPNET_ROW2 *row = &table()->rows[table()->count++];
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string(machine->address, 0);
    g_auto(GStrv) mac = g_strsplit(machine->mac, ":", 6);

    g_assert_cmpuint(table()->count, <, MOST_ROWS);
    *row = (MIB_IPNET_ROW2){.InterfaceIndex = SOME_INTERFACE,
                            .PhysicalAddressLength = 6,
                            .State = states[machine->state]};
    g_assert_true(g_socket_address_to_native(address, &row->Address, sizeof row->Address, NULL));
    for (guint i = 0; mac[i] != NULL; i++)
        row->PhysicalAddress[i] = (UCHAR)g_ascii_strtoull(mac[i], NULL, 16);
}

GArray *wh_adapter_read(void)
{
    gsize size = offsetof(MIB_IPNET_TABLE2, Table) + sizeof(MIB_IPNET_ROW2) * MOST_ROWS;
    g_autofree MIB_IPNET_TABLE2 *rows = g_malloc0(size);

    rows->NumEntries = table()->count;
    memcpy(rows->Table, table()->rows, sizeof(MIB_IPNET_ROW2) * table()->count);
    return wh_neighbours_convert(rows);
}

gboolean wh_adapter_can_watch(void)
{
    return FALSE;
}

WhNeighbourWatch *wh_adapter_watch_new(WhNeighbourWatchFunc changed, gpointer data)
{
    return NULL;
}

void wh_adapter_settle(WhNeighbourWatch *watch)
{
}

static void test_other_hardware(void)
{
    const WhAdapterMachine machine = {"192.0.2.1", "02:00:00:00:00:01", WH_ADAPTER_ANSWERS};
    g_autoptr(GArray) found = NULL;

    wh_adapter_set(&machine);
    table()->rows[0].PhysicalAddressLength = 8;
    found = wh_adapter_read();
    g_assert_cmpuint(found->len, ==, 0);
    wh_adapter_end();
}

static void test_the_system_is_asked(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) found = wh_neighbours_read(&error);

    g_assert_no_error(error);
    g_assert_nonnull(found);
}

/* Standard users may, and nothing is waited for. */
static void test_questions_are_sent(void)
{
    const guint8 somebody[4] = {192, 0, 2, 1};
    guint line = wh_line_begin();
    g_autoptr(GError) error = NULL;

    if (line == 0)
        return;
    g_assert_false(wh_neighbours_call(line, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    g_clear_error(&error);
    wh_line_ip("addr add 192.0.2.7/24 dev wire0");
    wh_line_ip("addr add 2001:db8::7/64 dev wire0 nodad");
    wh_neighbours_call(line, &error);
    g_assert_no_error(error);
    wh_neighbours_probe(line, 4, somebody, &error);
    g_assert_no_error(error);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/neighbours/windows/other-hardware", test_other_hardware);
    g_test_add_func("/neighbours/windows/the-system-is-asked", test_the_system_is_asked);
    g_test_add_func("/neighbours/windows/questions-are-sent", test_questions_are_sent);
}
