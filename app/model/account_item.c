#include "app/model/account_item_private.h"

#include "app/client/sentences.h"
#include "app/model/item_private.h"

struct _WhAccountItem {
    GObject parent_instance;
    json_t *json;
    char *id;
    char *provider;
    char *provider_name;
    char *label;
    char *detail;
    char *sentence;
    char *next_step;
    char *declared;
    int status;
    int remedy;
    int halted;
};

enum {
    PROP_0,
    PROP_ID,
    PROP_PROVIDER,
    PROP_PROVIDER_NAME,
    PROP_LABEL,
    PROP_STATUS,
    PROP_SENTENCE,
    PROP_NEXT_STEP,
    PROP_DECLARED,
    PROP_REMEDY,
    PROP_HALTED,
};

G_DEFINE_FINAL_TYPE(WhAccountItem, wh_account_item, G_TYPE_OBJECT)

static const char *text_of(WhAccountItem *item, guint id)
{
    switch (id) {
    case PROP_ID:
        return item->id;
    case PROP_PROVIDER:
        return item->provider;
    case PROP_PROVIDER_NAME:
        return item->provider_name;
    case PROP_LABEL:
        return item->label;
    case PROP_SENTENCE:
        return item->sentence;
    case PROP_DECLARED:
        return item->declared;
    default:
        return item->next_step;
    }
}

static void wh_account_item_get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    WhAccountItem *item = WH_ACCOUNT_ITEM(object);
    switch (id) {
    case PROP_STATUS:
        g_value_set_enum(value, item->status);
        break;
    case PROP_REMEDY:
        g_value_set_enum(value, item->remedy);
        break;
    case PROP_HALTED:
        g_value_set_boolean(value, item->halted);
        break;
    default:
        g_value_set_string(value, text_of(item, id));
    }
}

static void wh_account_item_finalize(GObject *object)
{
    WhAccountItem *item = WH_ACCOUNT_ITEM(object);
    json_decref(item->json);
    g_free(item->id);
    g_free(item->provider);
    g_free(item->provider_name);
    g_free(item->label);
    g_free(item->detail);
    g_free(item->sentence);
    g_free(item->next_step);
    g_free(item->declared);
    G_OBJECT_CLASS(wh_account_item_parent_class)->finalize(object);
}

static void wh_account_item_class_init(WhAccountItemClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    object_class->get_property = wh_account_item_get_property;
    object_class->finalize = wh_account_item_finalize;
    wh_item_install_text(object_class, PROP_ID, "id");
    wh_item_install_text(object_class, PROP_PROVIDER, "provider");
    wh_item_install_text(object_class, PROP_PROVIDER_NAME, "provider-name");
    wh_item_install_text(object_class, PROP_LABEL, "label");
    wh_item_install_text(object_class, PROP_SENTENCE, "sentence");
    wh_item_install_text(object_class, PROP_NEXT_STEP, "next-step");
    wh_item_install_text(object_class, PROP_DECLARED, "declared");
    wh_item_install_choice(object_class, PROP_STATUS, "status", WH_TYPE_STATUS);
    wh_item_install_choice(object_class, PROP_REMEDY, "remedy", WH_TYPE_REMEDY);
    wh_item_install_flag(object_class, PROP_HALTED, "halted");
}

static void wh_account_item_init(WhAccountItem *item)
{
    item->id = g_strdup("");
    item->provider = g_strdup("");
    item->provider_name = g_strdup("");
    item->label = g_strdup("");
    item->sentence = g_strdup("");
}

WhAccountItem *wh_account_item_new(void)
{
    return g_object_new(WH_TYPE_ACCOUNT_ITEM, NULL);
}

static void set_label(WhAccountItem *item)
{
    const char *given = wh_account_item_given_label(item);
    char *label =
        item->detail != NULL ? g_strjoin(" · ", given, item->detail, NULL) : g_strdup(given);
    wh_item_take_text(item, "label", &item->label, label);
}

void wh_account_item_set_detail(WhAccountItem *item, const char *detail)
{
    g_free(item->detail);
    item->detail = g_strdup(detail);
    set_label(item);
}

void wh_account_item_set_provider_name(WhAccountItem *item, const char *name)
{
    g_object_freeze_notify(G_OBJECT(item));
    wh_item_set_text(item, "provider-name", &item->provider_name,
                     name != NULL ? name : item->provider);
    set_label(item);
    g_object_thaw_notify(G_OBJECT(item));
}

void wh_account_item_update(WhAccountItem *item, json_t *account, json_t *service)
{
    g_object_freeze_notify(G_OBJECT(item));
    json_incref(account);
    json_decref(item->json);
    item->json = account;
    wh_item_set_text(item, "id", &item->id, wh_item_text(account, "id"));
    if (wh_item_set_text(item, "provider", &item->provider, wh_item_text(account, "provider")))
        wh_item_set_text(item, "provider-name", &item->provider_name, item->provider);
    set_label(item);
    char *sentence = wh_sentence_account(account, service);
    wh_item_take_text(item, "sentence", &item->sentence,
                      sentence != NULL ? sentence : g_strdup(""));
    wh_item_take_text(item, "next-step", &item->next_step,
                      wh_sentence_account_next_step(account, service));
    wh_item_take_text(item, "declared", &item->declared, wh_sentence_declared(account));
    wh_item_set_choice(item, "status", &item->status, (int)wh_status_of_account(account, service));
    wh_item_set_choice(item, "remedy", &item->remedy, (int)wh_remedy_of_account(account, service));
    wh_item_set_choice(item, "halted", &item->halted, wh_item_flag(account, "halted"));
    g_object_thaw_notify(G_OBJECT(item));
}

const char *wh_account_item_id(WhAccountItem *item)
{
    return item->id;
}

const char *wh_account_item_provider(WhAccountItem *item)
{
    return item->provider;
}

const char *wh_account_item_label(WhAccountItem *item)
{
    return item->label;
}

const char *wh_account_item_sentence(WhAccountItem *item)
{
    return item->sentence;
}

const char *wh_account_item_declared(WhAccountItem *item)
{
    return item->declared;
}

json_t *wh_account_item_json(WhAccountItem *item)
{
    return item->json;
}

const char *wh_account_item_next_step(WhAccountItem *item)
{
    return item->next_step;
}

WhRemedy wh_account_item_remedy(WhAccountItem *item)
{
    return (WhRemedy)item->remedy;
}

WhStatus wh_account_item_status(WhAccountItem *item)
{
    return (WhStatus)item->status;
}

/* Else the provider's name, else the id. */
const char *wh_account_item_given_label(WhAccountItem *item)
{
    const char *label = wh_item_text(item->json, "label");
    return *label != '\0' ? label : *item->provider_name != '\0' ? item->provider_name : item->id;
}

GHashTable *wh_account_item_fields(WhAccountItem *item)
{
    GHashTable *fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(item->json, "fields"), name, value)
    {
        if (json_is_string(value))
            g_hash_table_insert(fields, g_strdup(name), g_strdup(json_string_value(value)));
    }
    return fields;
}

const char *wh_account_item_field(WhAccountItem *item, const char *name)
{
    return wh_item_text(json_object_get(item->json, "fields"), name);
}

const char *wh_account_item_secret_state(WhAccountItem *item, const char *name)
{
    json_t *secret = wh_item_find(json_object_get(item->json, "secrets"), "field", name);
    return secret != NULL ? wh_item_text(secret, "state") : NULL;
}
