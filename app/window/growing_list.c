#include "app/window/growing_list.h"

#define FIRST 8
#define STEP 4

/* shown: how many of the whole list's items there are here. */
struct _WhGrowingList {
    GObject parent_instance;
    GListModel *whole;
    guint shown;
};

static GType get_item_type(GListModel *model)
{
    return g_list_model_get_item_type(WH_GROWING_LIST(model)->whole);
}

static guint get_n_items(GListModel *model)
{
    return WH_GROWING_LIST(model)->shown;
}

static gpointer get_item(GListModel *model, guint position)
{
    WhGrowingList *self = WH_GROWING_LIST(model);
    return position < self->shown ? g_list_model_get_item(self->whole, position) : NULL;
}

static void list_model_init(GListModelInterface *interface)
{
    interface->get_item_type = get_item_type;
    interface->get_n_items = get_n_items;
    interface->get_item = get_item;
}

G_DEFINE_TYPE_WITH_CODE(WhGrowingList, wh_growing_list, G_TYPE_OBJECT,
                        G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, list_model_init))

static void grow_to(WhGrowingList *self, guint wanted)
{
    guint before = self->shown;
    self->shown = MIN(wanted, g_list_model_get_n_items(self->whole));
    if (self->shown > before)
        g_list_model_items_changed(G_LIST_MODEL(self), before, 0, self->shown - before);
}

/* What is shown behind the change stays; what is added in front of it must then be shown too. */
static void changed(GListModel *whole, guint position, guint removed, guint added, gpointer data)
{
    WhGrowingList *self = data;
    if (position <= self->shown) {
        guint gone = MIN(removed, self->shown - position);
        guint behind = self->shown - position - gone;
        guint room = position < FIRST ? FIRST - position : 0;
        guint come = behind > 0 ? added : MIN(added, room);
        self->shown = position + come + behind;
        g_list_model_items_changed(G_LIST_MODEL(self), position, gone, come);
    }
}

static void finalize(GObject *object)
{
    WhGrowingList *self = WH_GROWING_LIST(object);
    g_object_unref(self->whole);
    G_OBJECT_CLASS(wh_growing_list_parent_class)->finalize(object);
}

static void wh_growing_list_class_init(WhGrowingListClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
}

static void wh_growing_list_init(WhGrowingList *self)
{
}

WhGrowingList *wh_growing_list_new(GListModel *whole)
{
    WhGrowingList *self = g_object_new(WH_TYPE_GROWING_LIST, NULL);
    self->whole = g_object_ref(whole);
    self->shown = MIN(FIRST, g_list_model_get_n_items(whole));
    g_signal_connect_object(whole, "items-changed", G_CALLBACK(changed), self, 0);
    return self;
}

gboolean wh_growing_list_grow(WhGrowingList *list)
{
    guint before = list->shown;
    grow_to(list, before + STEP);
    return list->shown > before;
}

void wh_growing_list_reach(WhGrowingList *list, guint position)
{
    grow_to(list, MAX(list->shown, position + 1));
}
