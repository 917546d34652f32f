#include "tests/contract/neighbours_adapter.h"

#include "platform/fake/fake.h"
#include "platform/fake/neighbours_fake.h"
#include "tests/contract/helper.h"

#include <string.h>

#define SOME_INTERFACE 7

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

guint wh_adapter_interface(void)
{
    return SOME_INTERFACE;
}

static WhNeighbour neighbour_of(const WhAdapterMachine *machine)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(machine->address);
    gboolean is_ipv4 = g_inet_address_get_family(address) == G_SOCKET_FAMILY_IPV4;
    g_auto(GStrv) mac = g_strsplit(machine->mac, ":", 6);
    WhNeighbour neighbour = {
        .interface = SOME_INTERFACE,
        .family = is_ipv4 ? 4 : 6,
        .reachable = machine->state == WH_ADAPTER_ANSWERS,
    };

    memcpy(neighbour.bytes, g_inet_address_to_bytes(address), is_ipv4 ? 4 : 16);
    for (guint i = 0; mac[i] != NULL; i++)
        neighbour.mac[i] = (guint8)g_ascii_strtoull(mac[i], NULL, 16);
    return neighbour;
}

/* Those that do not answer are not in the fake's table. */
void wh_adapter_set(const WhAdapterMachine *machine)
{
    g_autoptr(GArray) neighbours = wh_neighbours_read(NULL);
    WhNeighbour neighbour = neighbour_of(machine);

    for (guint i = 0; i < neighbours->len; i++) {
        if (memcmp(g_array_index(neighbours, WhNeighbour, i).bytes, neighbour.bytes, 16) == 0)
            g_array_remove_index(neighbours, i--);
    }
    if (machine->state == WH_ADAPTER_ANSWERS || machine->state == WH_ADAPTER_QUIET)
        g_array_append_val(neighbours, neighbour);
    wh_fake_neighbours_set((const WhNeighbour *)(void *)neighbours->data, neighbours->len);
}

GArray *wh_adapter_read(void)
{
    return wh_neighbours_read(NULL);
}

gboolean wh_adapter_can_watch(void)
{
    return TRUE;
}

WhNeighbourWatch *wh_adapter_watch_new(WhNeighbourWatchFunc changed, gpointer data)
{
    return wh_neighbour_watch_new(changed, data, NULL);
}

void wh_adapter_settle(WhNeighbourWatch *watch)
{
    wh_helper_settle();
}

static void nothing(gpointer data)
{
}

static void test_strings(void)
{
    const guint8 address[4] = {192, 0, 2, 9};
    g_autoptr(GError) error = NULL;

    g_assert_true(wh_neighbours_call(3, NULL));
    g_assert_true(wh_neighbours_probe(4, 4, address, NULL));
    g_assert_cmpuint(wh_fake_neighbours_calls(), ==, 1);
    g_assert_cmpuint(wh_fake_neighbours_called(), ==, 3);
    g_assert_cmpuint(wh_fake_neighbours_probes()->len, ==, 1);
    g_assert_cmpuint(g_array_index(wh_fake_neighbours_probes(), WhNeighbour, 0).bytes[3], ==, 9);
    wh_fake_neighbours_set_readable(FALSE);
    g_assert_null(wh_neighbours_read(&error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_FAILED);
    g_clear_error(&error);
    wh_fake_neighbours_set_watchable(FALSE);
    g_assert_null(wh_neighbour_watch_new(nothing, NULL, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/neighbours/fake/strings", test_strings);
}
