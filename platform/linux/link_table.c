#include "platform/linux/link_table.h"

#include <string.h>

#define DEVICE_SIZE 32

struct WhLinkTable {
    WhLinkDeviceFunc device;
    GArray *links; /* of WhLink, sorted by number */
};

WhLinkTable *wh_link_table_new(WhLinkDeviceFunc device)
{
    WhLinkTable *table = g_new0(WhLinkTable, 1);

    table->device = device;
    table->links = g_array_new(FALSE, FALSE, sizeof(WhLink));
    return table;
}

void wh_link_table_free(WhLinkTable *table)
{
    if (table == NULL)
        return;
    g_array_unref(table->links);
    g_free(table);
}

guint wh_link_table_count(const WhLinkTable *table)
{
    return table->links->len;
}

WhLink *wh_link_table_at(WhLinkTable *table, guint place)
{
    return &g_array_index(table->links, WhLink, place);
}

/* The place of the first link that does not come before that number. */
static guint position(WhLinkTable *table, guint interface)
{
    guint low = 0;
    guint high = table->links->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;

        if (wh_link_table_at(table, middle)->link.interface < interface)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

WhLink *wh_link_table_find(WhLinkTable *table, guint interface)
{
    guint place = position(table, interface);
    WhLink *link = place < table->links->len ? wh_link_table_at(table, place) : NULL;

    return link != NULL && link->link.interface == interface ? link : NULL;
}

gboolean wh_link_table_is_usable(WhLinkTable *table, guint interface)
{
    const WhLink *link = wh_link_table_find(table, interface);

    return link != NULL && link->link.usable;
}

static gboolean link_equal(const WhNetlinkLink *a, const WhNetlinkLink *b)
{
    return a->up == b->up && a->usable == b->usable && a->wireless == b->wireless &&
           a->hardware == b->hardware && a->has_mac == b->has_mac &&
           memcmp(a->mac, b->mac, sizeof a->mac) == 0 && g_str_equal(a->name, b->name) &&
           g_str_equal(a->driver, b->driver);
}

/* A radio's driver tells of every network that it hears, without what other messages say. */
static WhNetlinkLink radio_merge(const WhNetlinkLink *known, const WhNetlinkLink *said)
{
    WhNetlinkLink merged = *known;

    merged.wireless = TRUE;
    merged.up = said->up;
    merged.usable = said->usable;
    return merged;
}

static void describe(WhLinkTable *table, WhLink *link)
{
    char device[DEVICE_SIZE] = "";

    table->device(link->link.interface, link->link.name, device, sizeof device);
    link->kind = wh_interface_kind(&link->link, device);
    link->rivals = link->kind == WH_INTERFACE_OTHER ? wh_interface_rivals(&link->link) : 0;
}

static gboolean link_change(WhLinkTable *table, WhLink *known, const WhNetlinkLink *said)
{
    WhNetlinkLink next = *said;

    if (said->wireless)
        next = radio_merge(&known->link, said);
    else
        next.wireless = known->link.wireless;
    if (link_equal(&known->link, &next))
        return FALSE;
    known->link = next;
    describe(table, known);
    return TRUE;
}

gboolean wh_link_table_set(WhLinkTable *table, const WhNetlinkLink *link)
{
    guint place = position(table, link->interface);
    WhLink *known = wh_link_table_find(table, link->interface);
    WhLink fresh = {.link = *link};

    if (link->removed) {
        if (known != NULL)
            g_array_remove_index(table->links, place);
        return known != NULL;
    }
    if (known != NULL)
        return link_change(table, known, link);
    describe(table, &fresh);
    g_array_insert_val(table->links, place, fresh);
    return TRUE;
}
