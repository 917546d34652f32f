#include "app/model/item_list.h"

#include "app/model/item_private.h"

/* ids: of the items in the store, in its order. by_id: id to item. */
struct WhItemList {
    WhItemKind kind;
    guint most;
    gpointer data;
    GListStore *store;
    GPtrArray *ids;
    GHashTable *by_id;
};

WhItemList *wh_item_list_new(const WhItemKind *kind, guint most, gpointer data)
{
    WhItemList *list = g_new0(WhItemList, 1);
    list->kind = *kind;
    list->most = most;
    list->data = data;
    list->store = g_list_store_new(kind->type);
    list->ids = g_ptr_array_new_with_free_func(g_free);
    list->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_object_unref);
    return list;
}

void wh_item_list_free(WhItemList *list)
{
    if (list == NULL)
        return;
    g_hash_table_unref(list->by_id);
    g_ptr_array_unref(list->ids);
    g_object_unref(list->store);
    g_free(list);
}

GListModel *wh_item_list_model(WhItemList *list)
{
    return G_LIST_MODEL(list->store);
}

gpointer wh_item_list_find(WhItemList *list, const char *id)
{
    return id != NULL ? g_hash_table_lookup(list->by_id, id) : NULL;
}

/* The items of `ids` instead of those there are; what is the same at both ends stays untouched, so
 * that a view keeps its place. */
static void arrange(WhItemList *list, GPtrArray *ids)
{
    GPtrArray *old = list->ids;
    guint start = 0, end = 0;
    guint shorter = MIN(old->len, ids->len);
    while (start < shorter && g_str_equal(old->pdata[start], ids->pdata[start]))
        start++;
    while (end < shorter - start &&
           g_str_equal(old->pdata[old->len - 1 - end], ids->pdata[ids->len - 1 - end]))
        end++;
    guint removed = old->len - start - end;
    guint added = ids->len - start - end;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < added; i++)
        g_ptr_array_add(items, g_hash_table_lookup(list->by_id, ids->pdata[start + i]));
    list->ids = ids;
    g_ptr_array_unref(old);
    if (removed > 0 || added > 0)
        g_list_store_splice(list->store, start, removed, items->pdata, added);
}

/* Changes or makes the item. FALSE: it is none, or one too many. */
static gboolean take(WhItemList *list, json_t *element)
{
    const char *id = wh_item_text(element, "id");
    if (*id == '\0')
        return FALSE;
    gpointer item = wh_item_list_find(list, id);
    if (item == NULL) {
        if (g_hash_table_size(list->by_id) >= list->most)
            return FALSE;
        item = list->kind.make();
        g_hash_table_insert(list->by_id, g_strdup(id), item);
    }
    list->kind.update(item, element, list->data);
    return TRUE;
}

static GPtrArray *copy_ids(GPtrArray *ids, GHashTable *seen)
{
    GPtrArray *copy = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < ids->len; i++) {
        g_ptr_array_add(copy, g_strdup(ids->pdata[i]));
        g_hash_table_add(seen, copy->pdata[i]);
    }
    return copy;
}

static void forget_others(WhItemList *list, GHashTable *seen)
{
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, list->by_id);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        if (!g_hash_table_contains(seen, id))
            g_hash_table_iter_remove(&iter);
}

void wh_item_list_take(WhItemList *list, json_t *elements, gboolean whole)
{
    /* The table borrows its keys from the array. */
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *ids = whole ? g_ptr_array_new_with_free_func(g_free) : copy_ids(list->ids, seen);
    size_t i;
    json_t *element;
    json_array_foreach(elements, i, element)
    {
        const char *id = wh_item_text(element, "id");
        if (!take(list, element) || g_hash_table_contains(seen, id))
            continue;
        g_ptr_array_add(ids, g_strdup(id));
        g_hash_table_add(seen, ids->pdata[ids->len - 1]);
    }
    if (whole)
        forget_others(list, seen);
    arrange(list, ids);
}

void wh_item_list_remove(WhItemList *list, json_t *removed)
{
    size_t i;
    json_t *id;
    json_array_foreach(removed, i, id)
    {
        const char *text = json_string_value(id);
        if (text == NULL || !g_hash_table_remove(list->by_id, text))
            continue;
        guint at;
        if (!g_ptr_array_find_with_equal_func(list->ids, text, g_str_equal, &at))
            continue;
        g_ptr_array_remove_index(list->ids, at);
        g_list_store_remove(list->store, at);
    }
}
