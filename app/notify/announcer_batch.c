#include "app/notify/announcer_batch.h"

#include "app/client/requests.h"
#include "app/model/event_item_private.h"

#include <string.h>

/* addresses: "host/family" -> the last address. last: the events that `take` gave out, whose texts
 * are still in use, and `before` of each. */
struct WhAnnouncerBatch {
    GPtrArray *events; /* of WhEventItem */
    GPtrArray *last;
    GPtrArray *before; /* of text */
    GHashTable *addresses;
};

WhAnnouncerBatch *wh_announcer_batch_new(void)
{
    WhAnnouncerBatch *batch = g_new0(WhAnnouncerBatch, 1);

    batch->events = g_ptr_array_new_with_free_func(g_object_unref);
    batch->last = g_ptr_array_new_with_free_func(g_object_unref);
    batch->before = g_ptr_array_new_with_free_func(g_free);
    batch->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return batch;
}

void wh_announcer_batch_free(WhAnnouncerBatch *batch)
{
    g_ptr_array_unref(batch->events);
    g_ptr_array_unref(batch->last);
    g_ptr_array_unref(batch->before);
    g_hash_table_unref(batch->addresses);
    g_free(batch);
}

static char *record_key(const char *host, const char *family)
{
    return g_strconcat(host, "/", family, NULL);
}

static const char *address_before(WhAnnouncerBatch *batch, const char *host, const char *family)
{
    g_autofree char *key = record_key(host, family);
    const char *address = g_hash_table_lookup(batch->addresses, key);

    return address != NULL ? address : "";
}

static WhRecordItem *record_of(WhHostItem *host, const char *family)
{
    if (host == NULL)
        return NULL;
    return strcmp(family, "IPv6") == 0 ? wh_host_item_ipv6(host) : wh_host_item_ipv4(host);
}

static void learn_record(WhAnnouncerBatch *batch, WhHostItem *host, const char *family)
{
    WhRecordItem *record = record_of(host, family);
    const char *id = wh_host_item_id(host);

    if (record == NULL || *wh_record_item_address(record) == '\0' ||
        *address_before(batch, id, family) != '\0')
        return;
    g_hash_table_insert(batch->addresses, record_key(id, family),
                        g_strdup(wh_record_item_address(record)));
}

void wh_announcer_batch_learn(WhAnnouncerBatch *batch, WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);

    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);

        learn_record(batch, host, "IPv4");
        learn_record(batch, host, "IPv6");
    }
}

WhRulesEvent wh_announcer_batch_event(WhEventItem *item)
{
    return (WhRulesEvent){.id = wh_event_item_id(item),
                          .at = wh_event_item_at(item),
                          .kind = wh_event_item_kind(item),
                          .host = wh_event_item_host(item),
                          .name = wh_event_item_name(item),
                          .family = wh_event_item_family(item),
                          .address = wh_event_item_address(item),
                          .result_class = wh_event_item_result_class(item)};
}

void wh_announcer_batch_add(WhAnnouncerBatch *batch, WhEventItem *item)
{
    WhRulesEvent event = wh_announcer_batch_event(item);

    if (wh_rules_is_change(&event))
        g_ptr_array_add(batch->events, g_object_ref(item));
}

static gboolean is_proven(WhHostItem *host, const WhRulesEvent *event)
{
    WhRecordItem *record = record_of(host, event->family);

    return record != NULL && wh_record_item_is_proven(record) &&
           strcmp(wh_record_item_address(record), event->address) == 0;
}

static WhRulesChange change_of(WhAnnouncerBatch *batch, WhModel *model, WhEventItem *item)
{
    WhRulesEvent event = wh_announcer_batch_event(item);
    WhHostItem *host = wh_model_find_host(model, event.host);
    char *before = g_strdup(address_before(batch, event.host, event.family));

    g_ptr_array_add(batch->before, before);
    return (WhRulesChange){.host = event.host,
                           .name = host != NULL ? wh_host_item_display_name(host) : event.name,
                           .family = event.family,
                           .address = event.address,
                           .before = before,
                           .first = *address_before(batch, event.host, "IPv4") == '\0' &&
                                    *address_before(batch, event.host, "IPv6") == '\0',
                           .proven = is_proven(host, &event)};
}

GArray *wh_announcer_batch_take(WhAnnouncerBatch *batch, WhModel *model)
{
    GArray *changes = g_array_new(FALSE, TRUE, sizeof(WhRulesChange));
    GPtrArray *taken = batch->events;

    batch->events = batch->last;
    batch->last = taken;
    g_ptr_array_set_size(batch->events, 0);
    g_ptr_array_set_size(batch->before, 0);
    for (guint i = 0; i < taken->len; i++) {
        WhRulesChange change = change_of(batch, model, g_ptr_array_index(taken, i));

        g_array_append_val(changes, change);
    }
    for (guint i = 0; i < taken->len; i++) {
        WhEventItem *item = g_ptr_array_index(taken, i);

        g_hash_table_replace(batch->addresses,
                             record_key(wh_event_item_host(item), wh_event_item_family(item)),
                             g_strdup(wh_event_item_address(item)));
    }
    return changes;
}

GPtrArray *wh_announcer_batch_finish_history(WhLink *link, GAsyncResult *result, GError **error)
{
    json_t *array = wh_requests_finish_array(link, result, error);
    GPtrArray *events;

    if (array == NULL)
        return NULL;
    events = g_ptr_array_new_with_free_func(g_object_unref);
    for (size_t i = 0; i < json_array_size(array); i++)
        g_ptr_array_add(events, wh_event_item_new(json_array_get(array, i)));
    json_decref(array);
    return events;
}
