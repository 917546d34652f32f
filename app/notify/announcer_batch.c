#include "app/notify/announcer_batch.h"

#include "app/client/requests.h"
#include "app/model/event_item_private.h"

#include <string.h>

/* One change that was given out, with texts of its own. */
typedef struct {
    WhEventItem *item;
    char *name;
    char *before;
    gboolean first;
    gboolean proven;
} Entry;

/* addresses: "host/name/family" -> the last address, so that a renamed host begins anew. told: of
 * Entry, what `take` gave out last. */
struct WhAnnouncerBatch {
    GPtrArray *events; /* of WhEventItem */
    GPtrArray *told;
    GHashTable *addresses;
};

static void entry_free(gpointer data)
{
    Entry *entry = data;

    g_object_unref(entry->item);
    g_free(entry->name);
    g_free(entry->before);
    g_free(entry);
}

WhAnnouncerBatch *wh_announcer_batch_new(void)
{
    WhAnnouncerBatch *batch = g_new0(WhAnnouncerBatch, 1);

    batch->events = g_ptr_array_new_with_free_func(g_object_unref);
    batch->told = g_ptr_array_new_with_free_func(entry_free);
    batch->addresses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return batch;
}

void wh_announcer_batch_free(WhAnnouncerBatch *batch)
{
    g_ptr_array_unref(batch->events);
    g_ptr_array_unref(batch->told);
    g_hash_table_unref(batch->addresses);
    g_free(batch);
}

static char *record_key(const char *host, const char *name, const char *family)
{
    return g_strconcat(host, "/", name, "/", family, NULL);
}

static const char *address_before(WhAnnouncerBatch *batch, const char *host, const char *name,
                                  const char *family)
{
    g_autofree char *key = record_key(host, name, family);
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
    const char *name = wh_host_item_name(host);

    if (record == NULL || *wh_record_item_address(record) == '\0' ||
        *address_before(batch, id, name, family) != '\0')
        return;
    g_hash_table_insert(batch->addresses, record_key(id, name, family),
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

gboolean wh_announcer_batch_add(WhAnnouncerBatch *batch, WhEventItem *item)
{
    WhRulesEvent event = wh_announcer_batch_event(item);

    if (!wh_rules_is_change(&event))
        return FALSE;
    g_ptr_array_add(batch->events, g_object_ref(item));
    return TRUE;
}

static gboolean is_proven(WhHostItem *host, WhEventItem *item)
{
    WhRecordItem *record = record_of(host, wh_event_item_family(item));

    return record != NULL && wh_record_item_is_proven(record) &&
           strcmp(wh_record_item_address(record), wh_event_item_address(item)) == 0;
}

static Entry *entry_new(WhAnnouncerBatch *batch, WhModel *model, WhEventItem *item)
{
    Entry *entry = g_new0(Entry, 1);
    const char *id = wh_event_item_host(item);
    const char *name = wh_event_item_name(item);
    WhHostItem *host = wh_model_find_host(model, id);

    entry->item = g_object_ref(item);
    entry->name =
        g_strdup(host != NULL ? wh_host_item_display_name(host) : wh_event_item_name(item));
    entry->before = g_strdup(address_before(batch, id, name, wh_event_item_family(item)));
    entry->first = *address_before(batch, id, name, "IPv4") == '\0' &&
                   *address_before(batch, id, name, "IPv6") == '\0';
    entry->proven = is_proven(host, item);
    return entry;
}

/* So that what is told grows with the names only, however often they change. */
static void forget_record(WhAnnouncerBatch *batch, WhEventItem *item)
{
    for (guint i = batch->told->len; i > 0; i--) {
        const Entry *entry = g_ptr_array_index(batch->told, i - 1);

        if (strcmp(wh_event_item_host(entry->item), wh_event_item_host(item)) == 0 &&
            strcmp(wh_event_item_family(entry->item), wh_event_item_family(item)) == 0)
            g_ptr_array_remove_index(batch->told, i - 1);
    }
}

static void keep_address(WhAnnouncerBatch *batch, WhEventItem *item)
{
    g_hash_table_replace(
        batch->addresses,
        record_key(wh_event_item_host(item), wh_event_item_name(item), wh_event_item_family(item)),
        g_strdup(wh_event_item_address(item)));
}

/* Both families of a new name are its first publication: addresses are kept afterwards. */
void wh_announcer_batch_take(WhAnnouncerBatch *batch, WhModel *model, gboolean joins)
{
    if (!joins)
        g_ptr_array_set_size(batch->told, 0);
    for (guint i = 0; i < batch->events->len; i++) {
        WhEventItem *item = g_ptr_array_index(batch->events, i);

        forget_record(batch, item);
        g_ptr_array_add(batch->told, entry_new(batch, model, item));
    }
    for (guint i = 0; i < batch->events->len; i++)
        keep_address(batch, g_ptr_array_index(batch->events, i));
    g_ptr_array_set_size(batch->events, 0);
}

GArray *wh_announcer_batch_told(WhAnnouncerBatch *batch)
{
    GArray *changes = g_array_new(FALSE, TRUE, sizeof(WhRulesChange));

    for (guint i = 0; i < batch->told->len; i++) {
        const Entry *entry = g_ptr_array_index(batch->told, i);
        WhRulesChange change = {.host = wh_event_item_host(entry->item),
                                .name = entry->name,
                                .family = wh_event_item_family(entry->item),
                                .address = wh_event_item_address(entry->item),
                                .before = entry->before,
                                .first = entry->first,
                                .proven = entry->proven};

        g_array_append_val(changes, change);
    }
    return changes;
}

gboolean wh_announcer_batch_prove(WhAnnouncerBatch *batch, WhModel *model)
{
    gboolean news = FALSE;

    for (guint i = 0; i < batch->told->len; i++) {
        Entry *entry = g_ptr_array_index(batch->told, i);

        if (entry->proven ||
            !is_proven(wh_model_find_host(model, wh_event_item_host(entry->item)), entry->item))
            continue;
        entry->proven = TRUE;
        news = TRUE;
    }
    return news;
}

gboolean wh_announcer_batch_is_updating(WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);

    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        WhRecordItem *records[] = {wh_host_item_ipv4(host), wh_host_item_ipv6(host)};

        for (guint j = 0; j < G_N_ELEMENTS(records); j++)
            if (records[j] != NULL && strcmp(wh_record_item_state(records[j]), "updating") == 0)
                return TRUE;
    }
    return FALSE;
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
