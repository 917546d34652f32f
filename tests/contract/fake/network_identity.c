#include "tests/contract/network_identity_adapter.h"

#include "platform/fake/fake.h"
#include "platform/fake/network_identity_fake.h"

#include <gio/gio.h>
#include <string.h>

/* The fake says what it was told, so it is told the subnet. */
static char *prefix_of(const char *address)
{
    g_auto(GStrv) parts = g_strsplit(address, "/", 2);
    guint length = (guint)g_ascii_strtoull(parts[1], NULL, 10);
    g_autoptr(GInetAddress) whole = g_inet_address_new_from_string(parts[0]);
    gsize size = g_inet_address_get_native_size(whole);
    guint8 bytes[16] = {0};
    g_autoptr(GInetAddress) network = NULL;
    g_autofree char *text = NULL;

    memcpy(bytes, g_inet_address_to_bytes(whole), size);
    for (guint i = length; i < size * 8; i++)
        bytes[i / 8] &= (guint8) ~(0x80 >> (i % 8));
    network = g_inet_address_new_from_bytes(bytes, g_inet_address_get_family(whole));
    text = g_inet_address_to_string(network);
    return g_strdup_printf("%s/%u", text, length);
}

gboolean wh_adapter_begin(const char *address, const char *router, const char *mac)
{
    g_autofree char *prefix = prefix_of(address);
    WhNetworkIdentity identity = {.prefix = prefix, .has_gateway_mac = mac != NULL};
    g_auto(GStrv) bytes = g_strsplit(mac != NULL ? mac : "", ":", 6);

    for (guint i = 0; bytes[i] != NULL; i++)
        identity.gateway_mac[i] = (guint8)g_ascii_strtoull(bytes[i], NULL, 16);
    wh_fake_network_identity_set(&identity);
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

guint wh_adapter_interface(void)
{
    return 1;
}

static void test_nothing_known(void)
{
    const guint8 router[4] = {192, 0, 2, 1};
    WhNetworkIdentity identity;
    g_autoptr(GError) error = NULL;

    wh_fake_network_identity_set(NULL);
    g_assert_false(wh_network_identity_read(1, 4, router, &identity, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/network-identity/fake/nothing-known", test_nothing_known);
}
