/* The links that are known, by number. */
#pragma once

#include "platform/linux/interface_kind.h"

G_BEGIN_DECLS

typedef struct {
    WhNetlinkLink link;
    WhInterfaceKind kind;
    guint rivals; /* WhRivals; `kind` is what was found out last */
} WhLink;

/* wh_interface_read_device(), or what a test has in its place. */
typedef void (*WhLinkDeviceFunc)(guint interface, const char *name, char *device, gsize size);

typedef struct WhLinkTable WhLinkTable;

WhLinkTable *wh_link_table_new(WhLinkDeviceFunc device);
void wh_link_table_free(WhLinkTable *table);

/* Takes what a message said. TRUE: something is different now. */
gboolean wh_link_table_set(WhLinkTable *table, const WhNetlinkLink *link);

/* How many there are, usable or not. */
guint wh_link_table_count(const WhLinkTable *table);

/* The link at that place, sorted by number; `kind` may be set. */
WhLink *wh_link_table_at(WhLinkTable *table, guint place);

/* NULL: not known. */
WhLink *wh_link_table_find(WhLinkTable *table, guint interface);

/* Whether packets may go over it now. */
gboolean wh_link_table_is_usable(WhLinkTable *table, guint interface);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLinkTable, wh_link_table_free)

G_END_DECLS
