#include "app/model/event_item_private.h"

#include "app/client/sentences.h"
#include "app/model/item_private.h"

struct _WhEventItem {
    GObject parent_instance;
    gint64 id;
    gint64 at;
    char *kind;
    char *host;
    char *name;
    const char *family;
    char *address;
    char *result_class;
    char *sentence;
};

G_DEFINE_FINAL_TYPE(WhEventItem, wh_event_item, G_TYPE_OBJECT)

static void wh_event_item_finalize(GObject *object)
{
    WhEventItem *item = WH_EVENT_ITEM(object);
    g_free(item->kind);
    g_free(item->host);
    g_free(item->name);
    g_free(item->address);
    g_free(item->result_class);
    g_free(item->sentence);
    G_OBJECT_CLASS(wh_event_item_parent_class)->finalize(object);
}

static void wh_event_item_class_init(WhEventItemClass *class)
{
    G_OBJECT_CLASS(class)->finalize = wh_event_item_finalize;
}

static void wh_event_item_init(WhEventItem *item)
{
}

WhEventItem *wh_event_item_new(json_t *event)
{
    WhEventItem *item = g_object_new(WH_TYPE_EVENT_ITEM, NULL);
    item->id = wh_item_number(event, "id");
    item->at = wh_item_number(event, "at");
    item->kind = g_strdup(wh_item_text(event, "kind"));
    item->host = g_strdup(wh_item_text(event, "host"));
    item->name = g_strdup(wh_item_text(event, "name"));
    item->family = wh_item_family(event);
    item->address = g_strdup(wh_item_text(event, "address"));
    item->result_class = g_strdup(wh_item_text(json_object_get(event, "result"), "class"));
    item->sentence = wh_sentence_event(event);
    return item;
}

gint64 wh_event_item_id(WhEventItem *item)
{
    return item->id;
}

gint64 wh_event_item_at(WhEventItem *item)
{
    return item->at;
}

const char *wh_event_item_kind(WhEventItem *item)
{
    return item->kind;
}

const char *wh_event_item_host(WhEventItem *item)
{
    return item->host;
}

const char *wh_event_item_name(WhEventItem *item)
{
    return item->name;
}

const char *wh_event_item_family(WhEventItem *item)
{
    return item->family;
}

const char *wh_event_item_address(WhEventItem *item)
{
    return item->address;
}

const char *wh_event_item_result_class(WhEventItem *item)
{
    return item->result_class;
}

const char *wh_event_item_sentence(WhEventItem *item)
{
    return item->sentence;
}
