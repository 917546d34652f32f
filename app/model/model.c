#include "app/model/model_private.h"

#include "app/client/requests.h"
#include "app/model/item_private.h"
#include "app/model/summary.h"

#include <string.h>

enum {
    PROP_0,
    PROP_READY,
    PROP_STATUS,
    PROP_SUMMARY,
    PROP_NEXT_STEP,
    PROP_REMEDY,
    PROP_PAUSED,
    PROP_IPV4,
    PROP_IPV6,
    PROP_IPV4_SENTENCE,
    PROP_IPV6_SENTENCE,
};

G_DEFINE_FINAL_TYPE(WhModel, wh_model, G_TYPE_OBJECT)

static const char *text_of(WhModel *model, guint id)
{
    switch (id) {
    case PROP_SUMMARY:
        return model->summary;
    case PROP_NEXT_STEP:
        return model->next_step;
    case PROP_IPV4:
    case PROP_IPV6:
        return model->addresses[id - PROP_IPV4];
    default:
        return model->address_sentences[id - PROP_IPV4_SENTENCE];
    }
}

static void wh_model_get_property(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    WhModel *model = WH_MODEL(object);
    switch (id) {
    case PROP_READY:
        g_value_set_boolean(value, model->ready);
        break;
    case PROP_PAUSED:
        g_value_set_boolean(value, model->paused);
        break;
    case PROP_STATUS:
        g_value_set_enum(value, model->status);
        break;
    case PROP_REMEDY:
        g_value_set_enum(value, model->remedy);
        break;
    default:
        g_value_set_string(value, text_of(model, id));
    }
}

static void wh_model_dispose(GObject *object)
{
    WhModel *model = WH_MODEL(object);
    if (model->link != NULL)
        g_signal_handlers_disconnect_by_data(model->link, model);
    g_clear_object(&model->link);
    G_OBJECT_CLASS(wh_model_parent_class)->dispose(object);
}

static void wh_model_finalize(GObject *object)
{
    WhModel *model = WH_MODEL(object);
    json_decref(model->service);
    json_decref(model->served_findings);
    json_decref(model->sleeps);
    json_decref(model->findings);
    json_decref(model->vpns);
    wh_item_list_free(model->hosts);
    wh_item_list_free(model->accounts);
    g_object_unref(model->providers);
    g_free(model->summary);
    g_free(model->next_step);
    g_free(model->remedy_host);
    g_free(model->remedy_account);
    for (guint i = 0; i < WH_MODEL_N_FAMILIES; i++) {
        g_free(model->addresses[i]);
        g_free(model->address_sentences[i]);
    }
    G_OBJECT_CLASS(wh_model_parent_class)->finalize(object);
}

static void install_properties(GObjectClass *class)
{
    wh_item_install_flag(class, PROP_READY, "ready");
    wh_item_install_choice(class, PROP_STATUS, "status", WH_TYPE_STATUS);
    wh_item_install_text(class, PROP_SUMMARY, "summary");
    wh_item_install_text(class, PROP_NEXT_STEP, "next-step");
    wh_item_install_choice(class, PROP_REMEDY, "remedy", WH_TYPE_REMEDY);
    wh_item_install_flag(class, PROP_PAUSED, "paused");
    wh_item_install_text(class, PROP_IPV4, "ipv4");
    wh_item_install_text(class, PROP_IPV6, "ipv6");
    wh_item_install_text(class, PROP_IPV4_SENTENCE, "ipv4-sentence");
    wh_item_install_text(class, PROP_IPV6_SENTENCE, "ipv6-sentence");
}

static void wh_model_class_init(WhModelClass *class)
{
    G_OBJECT_CLASS(class)->get_property = wh_model_get_property;
    G_OBJECT_CLASS(class)->dispose = wh_model_dispose;
    G_OBJECT_CLASS(class)->finalize = wh_model_finalize;
    install_properties(G_OBJECT_CLASS(class));
    g_signal_new("event", WH_TYPE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                 WH_TYPE_EVENT_ITEM);
    g_signal_new("changed", WH_TYPE_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void wh_model_init(WhModel *model)
{
    wh_model_make_lists(model);
    for (guint i = 0; i < WH_MODEL_N_FAMILIES; i++) {
        model->addresses[i] = g_strdup("");
        model->address_sentences[i] = g_strdup("");
    }
}

static void take_text(char **where, char *text)
{
    g_free(*where);
    *where = text;
}

void wh_model_tell(WhModel *model)
{
    const WhSummaryFacts facts = {
        .link = wh_link_state(model->link),
        .service = model->service,
        .findings = model->findings,
        .has_address = *model->addresses[0] != '\0' || *model->addresses[1] != '\0',
        .hosts = wh_model_hosts(model),
        .accounts = wh_model_accounts(model),
    };
    WhSummary summary = wh_summary_tell(&facts);
    g_object_freeze_notify(G_OBJECT(model));
    take_text(&model->remedy_host, summary.host);
    take_text(&model->remedy_account, summary.account);
    wh_item_set_choice(model, "ready", &model->ready, facts.link == WH_LINK_UP);
    wh_item_set_choice(model, "paused", &model->paused, wh_item_flag(model->service, "paused"));
    wh_item_set_choice(model, "status", &model->status, (int)summary.status);
    wh_item_set_choice(model, "remedy", &model->remedy, (int)summary.remedy);
    wh_item_take_text(model, "summary", &model->summary, summary.sentence);
    wh_item_take_text(model, "next-step", &model->next_step, summary.next_step);
    g_object_thaw_notify(G_OBJECT(model));
    g_signal_emit_by_name(model, "changed");
}

static void providers_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    GWeakRef *weak = data;
    g_autoptr(WhModel) model = g_weak_ref_get(weak);
    json_t *providers = wh_requests_finish_array(WH_LINK(source), result, NULL);
    if (model != NULL)
        model->asking_providers = FALSE;
    if (model != NULL && providers != NULL)
        wh_model_take_providers(model, providers);
    json_decref(providers);
    g_weak_ref_clear(weak);
    g_free(weak);
}

static void ask_providers(WhModel *model)
{
    GWeakRef *weak = g_new(GWeakRef, 1);
    g_weak_ref_init(weak, model);
    model->asking_providers = TRUE;
    wh_requests_list_providers(model->link, providers_listed, weak);
}

void wh_model_want_providers(WhModel *model)
{
    if (!model->asking_providers && g_list_model_get_n_items(wh_model_providers(model)) == 0)
        ask_providers(model);
}

static void message_came(WhLink *link, gpointer message, gboolean whole, gpointer data)
{
    g_autoptr(WhModel) model = g_object_ref(WH_MODEL(data));
    wh_model_take_message(model, message, whole);
    if (whole && model->link != NULL)
        ask_providers(model);
}

/* With UP, the message has been told already. */
static void link_changed(WhLink *link, gpointer data)
{
    if (wh_link_state(link) != WH_LINK_UP)
        wh_model_tell(data);
}

WhModel *wh_model_new(WhLink *link)
{
    WhModel *model = g_object_new(WH_TYPE_MODEL, NULL);
    model->link = g_object_ref(link);
    g_signal_connect(link, "message", G_CALLBACK(message_came), model);
    g_signal_connect(link, "state-changed", G_CALLBACK(link_changed), model);
    wh_model_tell(model);
    wh_link_start(link);
    return model;
}

WhLink *wh_model_link(WhModel *model)
{
    return model->link;
}

gboolean wh_model_is_ready(WhModel *model)
{
    return model->ready;
}

WhStatus wh_model_status(WhModel *model)
{
    return (WhStatus)model->status;
}

const char *wh_model_summary(WhModel *model)
{
    return model->summary;
}

const char *wh_model_next_step(WhModel *model)
{
    return model->next_step;
}

WhRemedy wh_model_remedy(WhModel *model)
{
    return (WhRemedy)model->remedy;
}

const char *wh_model_remedy_host(WhModel *model)
{
    return model->remedy_host;
}

const char *wh_model_remedy_account(WhModel *model)
{
    return model->remedy_account;
}

gboolean wh_model_is_paused(WhModel *model)
{
    return model->paused;
}

GListModel *wh_model_hosts(WhModel *model)
{
    return wh_item_list_model(model->hosts);
}

GListModel *wh_model_accounts(WhModel *model)
{
    return wh_item_list_model(model->accounts);
}

GListModel *wh_model_providers(WhModel *model)
{
    return G_LIST_MODEL(model->providers);
}

WhHostItem *wh_model_find_host(WhModel *model, const char *id)
{
    return wh_item_list_find(model->hosts, id);
}

WhAccountItem *wh_model_find_account(WhModel *model, const char *id)
{
    return wh_item_list_find(model->accounts, id);
}

WhProviderItem *wh_model_find_provider(WhModel *model, const char *id)
{
    GListModel *providers = wh_model_providers(model);
    for (guint i = 0; id != NULL && i < g_list_model_get_n_items(providers); i++) {
        g_autoptr(WhProviderItem) provider = g_list_model_get_item(providers, i);
        if (strcmp(wh_provider_item_id(provider), id) == 0)
            return provider;
    }
    return NULL;
}
