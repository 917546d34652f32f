#include "app/model/host_item_private.h"

#include "app/client/sentences.h"
#include "app/model/item_private.h"
#include "app/model/record_item_private.h"

#include <gio/gio.h>
#include <string.h>

#define N_RECORDS 2

static const char *const families[N_RECORDS] = {"ipv4", "ipv6"};

struct _WhHostItem {
    GObject parent_instance;
    json_t *json;
    char *id;
    char *name;
    char *display_name;
    char *account;
    char *account_label;
    char *sentence;
    char *address;
    char *declared;
    int status;
    int paused;
    WhRecordItem *records[N_RECORDS];
};

enum {
    PROP_0,
    PROP_ID,
    PROP_NAME,
    PROP_DISPLAY_NAME,
    PROP_ACCOUNT,
    PROP_ACCOUNT_LABEL,
    PROP_PAUSED,
    PROP_STATUS,
    PROP_SENTENCE,
    PROP_ADDRESS,
    PROP_DECLARED,
    PROP_IPV4,
    PROP_IPV6,
};

G_DEFINE_FINAL_TYPE(WhHostItem, wh_host_item, G_TYPE_OBJECT)

static const char *text_of(WhHostItem *item, guint id)
{
    switch (id) {
    case PROP_ID:
        return item->id;
    case PROP_NAME:
        return item->name;
    case PROP_DISPLAY_NAME:
        return item->display_name;
    case PROP_ACCOUNT:
        return item->account;
    case PROP_ACCOUNT_LABEL:
        return item->account_label;
    case PROP_SENTENCE:
        return item->sentence;
    case PROP_DECLARED:
        return item->declared;
    default:
        return item->address;
    }
}

static void wh_host_item_get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    WhHostItem *item = WH_HOST_ITEM(object);
    switch (id) {
    case PROP_PAUSED:
        g_value_set_boolean(value, item->paused);
        break;
    case PROP_STATUS:
        g_value_set_enum(value, item->status);
        break;
    case PROP_IPV4:
    case PROP_IPV6:
        g_value_set_object(value, item->records[id - PROP_IPV4]);
        break;
    default:
        g_value_set_string(value, text_of(item, id));
    }
}

static void wh_host_item_finalize(GObject *object)
{
    WhHostItem *item = WH_HOST_ITEM(object);
    for (guint i = 0; i < N_RECORDS; i++)
        g_clear_object(&item->records[i]);
    json_decref(item->json);
    g_free(item->id);
    g_free(item->name);
    g_free(item->display_name);
    g_free(item->account);
    g_free(item->account_label);
    g_free(item->sentence);
    g_free(item->address);
    g_free(item->declared);
    G_OBJECT_CLASS(wh_host_item_parent_class)->finalize(object);
}

static void wh_host_item_class_init(WhHostItemClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    object_class->get_property = wh_host_item_get_property;
    object_class->finalize = wh_host_item_finalize;
    wh_item_install_text(object_class, PROP_ID, "id");
    wh_item_install_text(object_class, PROP_NAME, "name");
    wh_item_install_text(object_class, PROP_DISPLAY_NAME, "display-name");
    wh_item_install_text(object_class, PROP_ACCOUNT, "account");
    wh_item_install_text(object_class, PROP_ACCOUNT_LABEL, "account-label");
    wh_item_install_text(object_class, PROP_SENTENCE, "sentence");
    wh_item_install_text(object_class, PROP_ADDRESS, "address");
    wh_item_install_text(object_class, PROP_DECLARED, "declared");
    wh_item_install_flag(object_class, PROP_PAUSED, "paused");
    wh_item_install_choice(object_class, PROP_STATUS, "status", WH_TYPE_STATUS);
    wh_item_install_object(object_class, PROP_IPV4, "ipv4", WH_TYPE_RECORD_ITEM);
    wh_item_install_object(object_class, PROP_IPV6, "ipv6", WH_TYPE_RECORD_ITEM);
}

static void wh_host_item_init(WhHostItem *item)
{
    item->id = g_strdup("");
    item->name = g_strdup("");
    item->display_name = g_strdup("");
    item->account = g_strdup("");
    item->account_label = g_strdup("");
    item->sentence = g_strdup("");
    item->address = g_strdup("");
}

WhHostItem *wh_host_item_new(void)
{
    return g_object_new(WH_TYPE_HOST_ITEM, NULL);
}

static void update_record(WhHostItem *item, guint i, WhAccountItem *account)
{
    json_t *record = wh_item_find(json_object_get(item->json, "records"), "family", families[i]);
    gboolean is_new = record != NULL && item->records[i] == NULL;
    gboolean is_gone = record == NULL && item->records[i] != NULL;
    if (is_new)
        item->records[i] = wh_record_item_new();
    if (is_gone)
        g_clear_object(&item->records[i]);
    if (record != NULL)
        wh_record_item_update(item->records[i], record, account);
    g_autofree char *withheld = wh_sentence_withheld(item->json);
    if (record != NULL && withheld != NULL && !item->paused)
        wh_record_item_withhold(item->records[i], withheld);
    if (is_new || is_gone)
        g_object_notify(G_OBJECT(item), families[i]);
}

static gboolean counts(WhHostItem *item, guint i)
{
    return item->records[i] != NULL &&
           wh_status_counts(wh_record_item_json(item->records[i]), item->json);
}

WhRecordItem *wh_host_item_worst(WhHostItem *item)
{
    WhRecordItem *worst = NULL;
    for (guint i = 0; i < N_RECORDS; i++) {
        if (!counts(item, i))
            continue;
        if (worst == NULL || wh_record_item_status(item->records[i]) > wh_record_item_status(worst))
            worst = item->records[i];
    }
    return worst;
}

/* The one that both say, or the worse with its family. */
static char *sentence_of(WhHostItem *item)
{
    WhRecordItem *worst = wh_host_item_worst(item);
    if (worst == NULL)
        return g_strdup("");
    const char *sentence = wh_record_item_sentence(worst);
    for (guint i = 0; i < N_RECORDS; i++)
        if (counts(item, i) && strcmp(wh_record_item_sentence(item->records[i]), sentence) != 0)
            return g_strdup_printf("%s: %s", wh_record_item_family(worst), sentence);
    return g_strdup(sentence);
}

static const char *first_address(WhHostItem *item)
{
    for (guint i = 0; i < N_RECORDS; i++)
        if (item->records[i] != NULL && *wh_record_item_address(item->records[i]) != '\0')
            return wh_record_item_address(item->records[i]);
    return "";
}

void wh_host_item_relate(WhHostItem *item, WhAccountItem *account)
{
    g_object_freeze_notify(G_OBJECT(item));
    for (guint i = 0; i < N_RECORDS; i++)
        update_record(item, i, account);
    wh_item_set_text(item, "account-label", &item->account_label,
                     account != NULL ? wh_account_item_label(account) : item->account);
    wh_item_set_choice(item, "status", &item->status, (int)wh_status_of_host(item->json));
    wh_item_take_text(item, "sentence", &item->sentence, sentence_of(item));
    wh_item_set_text(item, "address", &item->address, first_address(item));
    g_object_thaw_notify(G_OBJECT(item));
}

void wh_host_item_update(WhHostItem *item, json_t *host, WhAccountItem *account)
{
    g_object_freeze_notify(G_OBJECT(item));
    json_incref(host);
    json_decref(item->json);
    item->json = host;
    wh_item_set_text(item, "id", &item->id, wh_item_text(host, "id"));
    wh_item_set_text(item, "name", &item->name, wh_item_text(host, "name"));
    char *readable = g_hostname_to_unicode(item->name);
    wh_item_take_text(item, "display-name", &item->display_name,
                      readable != NULL ? readable : g_strdup(item->name));
    wh_item_set_text(item, "account", &item->account, wh_item_text(host, "account"));
    wh_item_take_text(item, "declared", &item->declared, wh_sentence_declared(host));
    wh_item_set_choice(item, "paused", &item->paused, wh_item_flag(host, "paused"));
    wh_host_item_relate(item, account);
    g_object_thaw_notify(G_OBJECT(item));
}

const char *wh_host_item_id(WhHostItem *item)
{
    return item->id;
}

const char *wh_host_item_name(WhHostItem *item)
{
    return item->name;
}

const char *wh_host_item_display_name(WhHostItem *item)
{
    return item->display_name;
}

const char *wh_host_item_account(WhHostItem *item)
{
    return item->account;
}

const char *wh_host_item_account_label(WhHostItem *item)
{
    return item->account_label;
}

gboolean wh_host_item_is_paused(WhHostItem *item)
{
    return item->paused;
}

WhStatus wh_host_item_status(WhHostItem *item)
{
    return (WhStatus)item->status;
}

const char *wh_host_item_sentence(WhHostItem *item)
{
    return item->sentence;
}

const char *wh_host_item_address(WhHostItem *item)
{
    return item->address;
}

const char *wh_host_item_declared(WhHostItem *item)
{
    return item->declared;
}

WhRecordItem *wh_host_item_ipv4(WhHostItem *item)
{
    return item->records[0];
}

WhRecordItem *wh_host_item_ipv6(WhHostItem *item)
{
    return item->records[1];
}
