#include "app/model/record_item_private.h"

#include "app/client/sentences.h"
#include "app/model/account_item_private.h"
#include "app/model/item_private.h"

#include <string.h>

struct _WhRecordItem {
    GObject parent_instance;
    json_t *json;
    char *family;
    char *state;
    char *address;
    char *desired;
    char *sentence;
    char *waiting;
    char *next_step;
    char *proof;
    gint64 proven_at;
    int status;
    int remedy;
    int proven;
};

enum {
    PROP_0,
    PROP_FAMILY,
    PROP_STATUS,
    PROP_STATE,
    PROP_ADDRESS,
    PROP_DESIRED,
    PROP_SENTENCE,
    PROP_NEXT_STEP,
    PROP_REMEDY,
    PROP_PROOF,
    PROP_PROVEN,
    PROP_PROVEN_AT,
};

G_DEFINE_FINAL_TYPE(WhRecordItem, wh_record_item, G_TYPE_OBJECT)

static const char *text_of(WhRecordItem *item, guint id)
{
    switch (id) {
    case PROP_FAMILY:
        return item->family;
    case PROP_STATE:
        return item->state;
    case PROP_ADDRESS:
        return item->address;
    case PROP_DESIRED:
        return item->desired;
    case PROP_SENTENCE:
        return item->sentence;
    case PROP_NEXT_STEP:
        return item->next_step;
    default:
        return item->proof;
    }
}

static void wh_record_item_get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    WhRecordItem *item = WH_RECORD_ITEM(object);
    switch (id) {
    case PROP_STATUS:
        g_value_set_enum(value, item->status);
        break;
    case PROP_REMEDY:
        g_value_set_enum(value, item->remedy);
        break;
    case PROP_PROVEN:
        g_value_set_boolean(value, item->proven);
        break;
    case PROP_PROVEN_AT:
        g_value_set_int64(value, item->proven_at);
        break;
    default:
        g_value_set_string(value, text_of(item, id));
    }
}

static void wh_record_item_finalize(GObject *object)
{
    WhRecordItem *item = WH_RECORD_ITEM(object);
    json_decref(item->json);
    g_free(item->family);
    g_free(item->state);
    g_free(item->address);
    g_free(item->desired);
    g_free(item->sentence);
    g_free(item->waiting);
    g_free(item->next_step);
    g_free(item->proof);
    G_OBJECT_CLASS(wh_record_item_parent_class)->finalize(object);
}

static void wh_record_item_class_init(WhRecordItemClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    object_class->get_property = wh_record_item_get_property;
    object_class->finalize = wh_record_item_finalize;
    wh_item_install_text(object_class, PROP_FAMILY, "family");
    wh_item_install_text(object_class, PROP_STATE, "state");
    wh_item_install_text(object_class, PROP_ADDRESS, "address");
    wh_item_install_text(object_class, PROP_DESIRED, "desired");
    wh_item_install_text(object_class, PROP_SENTENCE, "sentence");
    wh_item_install_text(object_class, PROP_NEXT_STEP, "next-step");
    wh_item_install_text(object_class, PROP_PROOF, "proof");
    wh_item_install_choice(object_class, PROP_STATUS, "status", WH_TYPE_STATUS);
    wh_item_install_choice(object_class, PROP_REMEDY, "remedy", WH_TYPE_REMEDY);
    wh_item_install_flag(object_class, PROP_PROVEN, "proven");
    wh_item_install_number(object_class, PROP_PROVEN_AT, "proven-at");
}

static void wh_record_item_init(WhRecordItem *item)
{
    item->family = g_strdup("");
    item->state = g_strdup("");
    item->address = g_strdup("");
    item->desired = g_strdup("");
    item->sentence = g_strdup("");
    item->proof = g_strdup("");
}

WhRecordItem *wh_record_item_new(void)
{
    return g_object_new(WH_TYPE_RECORD_ITEM, NULL);
}

/* What the provider holds was never said: then a proof has nothing to prove. */
static char *proof_of(WhRecordItem *item)
{
    json_t *proof = json_object_get(item->json, "proof");
    const char *status = wh_item_text(proof, "status");
    if (*item->address == '\0' || *status == '\0' || strcmp(status, "none") == 0)
        return g_strdup("");
    return wh_sentence_proof(proof, g_get_real_time());
}

/* What time changes. */
void wh_record_item_refresh(WhRecordItem *item)
{
    if (item->json == NULL)
        return;
    wh_item_take_text(item, "sentence", &item->sentence,
                      item->waiting != NULL ? g_strdup(item->waiting)
                                            : wh_sentence_record(item->json, g_get_real_time()));
    wh_item_take_text(item, "proof", &item->proof, proof_of(item));
}

/* A record knows that it waits for a secret, its account why. */
static gboolean is_for_account(WhRecordItem *item, WhAccountItem *account)
{
    return account != NULL && strcmp(item->state, "no_secret") == 0 &&
           *wh_account_item_sentence(account) != '\0';
}

/* That it is missing says the record as well. */
static void set_waiting(WhRecordItem *item, WhAccountItem *account)
{
    g_clear_pointer(&item->waiting, g_free);
    if (!is_for_account(item, account))
        return;
    json_t *secret = wh_status_lacking_secret(wh_account_item_json(account));
    if (strcmp(wh_item_text(secret, "state"), "missing") != 0)
        item->waiting = g_strdup(wh_account_item_sentence(account));
}

static void take_step(WhRecordItem *item, WhRemedy remedy, char *next_step)
{
    wh_item_set_choice(item, "remedy", &item->remedy, (int)remedy);
    wh_item_take_text(item, "next-step", &item->next_step, next_step);
}

static void set_remedy(WhRecordItem *item, WhAccountItem *account)
{
    WhRemedy remedy = wh_remedy_of_record(item->json);
    if (is_for_account(item, account))
        take_step(item, wh_account_item_remedy(account),
                  g_strdup(wh_account_item_next_step(account)));
    else if (account != NULL && wh_status_needs_file(remedy, wh_account_item_json(account)))
        take_step(item, WH_REMEDY_RESUME, wh_sentence_declared_step(wh_account_item_json(account)));
    else
        take_step(item, remedy, wh_sentence_record_next_step(item->json));
}

static void set_proven(WhRecordItem *item)
{
    json_t *proof = json_object_get(item->json, "proof");
    gboolean proven = strcmp(wh_item_text(proof, "status"), "proven") == 0;
    wh_item_set_choice(item, "proven", &item->proven, proven);
    wh_item_set_number(item, "proven-at", &item->proven_at,
                       proven ? wh_item_number(proof, "at") : 0);
}

void wh_record_item_update(WhRecordItem *item, json_t *record, WhAccountItem *account)
{
    g_object_freeze_notify(G_OBJECT(item));
    json_incref(record);
    json_decref(item->json);
    item->json = record;
    wh_item_set_text(item, "family", &item->family, wh_item_family(record));
    wh_item_set_text(item, "state", &item->state, wh_item_text(record, "state"));
    wh_item_set_text(item, "address", &item->address, wh_item_text(record, "acknowledged"));
    wh_item_set_text(item, "desired", &item->desired, wh_item_text(record, "desired"));
    wh_item_set_choice(item, "status", &item->status, (int)wh_status_of_record(record));
    set_waiting(item, account);
    wh_record_item_refresh(item);
    set_remedy(item, account);
    set_proven(item);
    g_object_thaw_notify(G_OBJECT(item));
}

void wh_record_item_withhold(WhRecordItem *item, const char *reason)
{
    g_free(item->waiting);
    item->waiting = g_strdup(reason);
    wh_record_item_refresh(item);
    take_step(item, WH_REMEDY_NONE, NULL);
}

json_t *wh_record_item_json(WhRecordItem *item)
{
    return item->json;
}

const char *wh_record_item_family(WhRecordItem *item)
{
    return item->family;
}

WhStatus wh_record_item_status(WhRecordItem *item)
{
    return (WhStatus)item->status;
}

const char *wh_record_item_state(WhRecordItem *item)
{
    return item->state;
}

const char *wh_record_item_address(WhRecordItem *item)
{
    return item->address;
}

const char *wh_record_item_sentence(WhRecordItem *item)
{
    return item->sentence;
}

const char *wh_record_item_next_step(WhRecordItem *item)
{
    return item->next_step;
}

WhRemedy wh_record_item_remedy(WhRecordItem *item)
{
    return (WhRemedy)item->remedy;
}

const char *wh_record_item_proof(WhRecordItem *item)
{
    return item->proof;
}

gboolean wh_record_item_is_proven(WhRecordItem *item)
{
    return item->proven;
}
