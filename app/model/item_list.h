/* A list of items that have ids, in the service's order. Private to the model. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct WhItemList WhItemList;

/* Makes an item, and tells it what the service says now. */
typedef struct {
    GType type;
    gpointer (*make)(void);
    void (*update)(gpointer item, json_t *element, gpointer data);
} WhItemKind;

/* most: how many items it takes; further ones are ignored. kind is copied. */
WhItemList *wh_item_list_new(const WhItemKind *kind, guint most, gpointer data);
void wh_item_list_free(WhItemList *list);

/* The same one for the life of the list, borrowed. */
GListModel *wh_item_list_model(WhItemList *list);

/* Borrowed, or NULL. */
gpointer wh_item_list_find(WhItemList *list, const char *id);

/* Takes elements of the protocol by their "id": those there are change, others come at the end.
 * whole: what is not among the elements goes, and their order counts. Malformed elements are
 * ignored. */
void wh_item_list_take(WhItemList *list, json_t *elements, gboolean whole);

/* ids: texts. */
void wh_item_list_remove(WhItemList *list, json_t *ids);

G_END_DECLS
