/* One line of the history, as it comes. Immutable. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WH_TYPE_EVENT_ITEM (wh_event_item_get_type())
G_DECLARE_FINAL_TYPE(WhEventItem, wh_event_item, WH, EVENT_ITEM, GObject)

/* id grows with time and is never used twice. at: microseconds since 1970, UTC. kind and
 * result_class are the protocol's words; texts that are absent are "". */
gint64 wh_event_item_id(WhEventItem *item);
gint64 wh_event_item_at(WhEventItem *item);
const char *wh_event_item_kind(WhEventItem *item);
const char *wh_event_item_host(WhEventItem *item);
const char *wh_event_item_name(WhEventItem *item);
const char *wh_event_item_family(WhEventItem *item); /* "IPv4", "IPv6" or "" */
const char *wh_event_item_address(WhEventItem *item);
const char *wh_event_item_result_class(WhEventItem *item);
const char *wh_event_item_sentence(WhEventItem *item);

G_END_DECLS
