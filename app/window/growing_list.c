#include "app/window/growing_list.h"

#define FIRST 8
#define STEP 4

/* shown: how many of the whole list's items there are here. */
struct _WhGrowingList {
    GObject parent_instance;
    GListModel *whole;
    guint shown;
    guint growing;
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

static gboolean grow(gpointer data)
{
    WhGrowingList *self = data;
    grow_to(self, self->shown + STEP);
    if (self->shown < g_list_model_get_n_items(self->whole))
        return G_SOURCE_CONTINUE;
    self->growing = 0;
    return G_SOURCE_REMOVE;
}

static void go_on(WhGrowingList *self)
{
    if (self->growing == 0 && self->shown < g_list_model_get_n_items(self->whole))
        self->growing = g_idle_add_full(G_PRIORITY_LOW, grow, self, NULL);
}

/* What is shown behind the change stays; what is added in front of it must then be shown too. */
static void changed(GListModel *whole, guint position, guint removed, guint added, gpointer data)
{
    WhGrowingList *self = data;
    if (position <= self->shown) {
        guint gone = MIN(removed, self->shown - position);
        guint behind = self->shown - position - gone;
        guint come = behind > 0 || position >= FIRST ? added : MIN(added, FIRST - position);
        self->shown = position + come + behind;
        g_list_model_items_changed(G_LIST_MODEL(self), position, gone, come);
    }
    go_on(self);
}

static void finalize(GObject *object)
{
    WhGrowingList *self = WH_GROWING_LIST(object);
    g_clear_handle_id(&self->growing, g_source_remove);
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
    go_on(self);
    return self;
}

void wh_growing_list_complete(WhGrowingList *list)
{
    grow_to(list, g_list_model_get_n_items(list->whole));
}
