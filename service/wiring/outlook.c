#include "service/wiring/outlook.h"

#include <string.h>

/* seen: one row after the other, as take_way() and take_address() write them; NULL: nothing yet. */
struct WhOutlook {
    GByteArray *seen;
};

static void take(GByteArray *rows, gconstpointer bytes, gsize length)
{
    g_byte_array_append(rows, bytes, (guint)length);
}

static void take_way(GByteArray *rows, const WhAddressSnapshot *snapshot, const WhDefaultRoute *way)
{
    const WhInterface *interface = wh_address_snapshot_find_interface(snapshot, way->interface);
    const guint kind = interface != NULL ? interface->kind : WH_INTERFACE_OTHER;

    take(rows, &way->interface, sizeof way->interface);
    take(rows, &kind, sizeof kind);
    take(rows, &way->has_gateway, sizeof way->has_gateway);
    take(rows, way->gateway, sizeof way->gateway);
    take(rows, &way->has_preferred_source, sizeof way->has_preferred_source);
    take(rows, way->preferred_source, sizeof way->preferred_source);
}

static gboolean concerns(const WhAddressSnapshot *snapshot, guint interface)
{
    for (guint i = 0; i < G_N_ELEMENTS(snapshot->route); i++) {
        if (interface == snapshot->route[i].interface || interface == snapshot->line[i].interface)
            return TRUE;
    }
    return FALSE;
}

static void take_address(GByteArray *rows, const WhInterfaceAddress *address)
{
    take(rows, &address->interface, sizeof address->interface);
    take(rows, &address->family, sizeof address->family);
    take(rows, address->bytes, sizeof address->bytes);
    take(rows, &address->prefix_length, sizeof address->prefix_length);
    take(rows, &address->flags, sizeof address->flags);
}

static GByteArray *read_rows(const WhAddressSnapshot *snapshot)
{
    GByteArray *rows = g_byte_array_new();

    for (guint i = 0; i < G_N_ELEMENTS(snapshot->route); i++) {
        take_way(rows, snapshot, &snapshot->route[i]);
        take_way(rows, snapshot, &snapshot->line[i]);
    }
    for (guint i = 0; i < snapshot->addresses->len; i++) {
        const WhInterfaceAddress *address =
            &g_array_index(snapshot->addresses, WhInterfaceAddress, i);

        if (concerns(snapshot, address->interface))
            take_address(rows, address);
    }
    return rows;
}

gboolean wh_outlook_take(WhOutlook *outlook, const WhAddressSnapshot *snapshot)
{
    GByteArray *rows = read_rows(snapshot);
    gboolean same = outlook->seen != NULL && outlook->seen->len == rows->len &&
                    memcmp(outlook->seen->data, rows->data, rows->len) == 0;

    g_clear_pointer(&outlook->seen, g_byte_array_unref);
    outlook->seen = rows;
    return !same;
}

WhOutlook *wh_outlook_new(void)
{
    return g_new0(WhOutlook, 1);
}

void wh_outlook_free(WhOutlook *outlook)
{
    if (outlook == NULL)
        return;
    g_clear_pointer(&outlook->seen, g_byte_array_unref);
    g_free(outlook);
}
