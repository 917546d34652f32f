#include "app/model/model_private.h"

#include "app/client/sentences.h"
#include "app/model/account_item_private.h"
#include "app/model/account_labels.h"
#include "app/model/event_item_private.h"
#include "app/model/host_item_private.h"
#include "app/model/item_private.h"
#include "app/model/provider_item_private.h"

#include <string.h>

/* Twice what the service keeps; an answer without end ends here. */
#define MOST_ACCOUNTS 200
#define MOST_HOSTS 4000
#define MOST_PROVIDERS 1000

static void update_account(gpointer item, json_t *element, gpointer data)
{
    WhModel *model = data;
    wh_account_item_update(item, element, model->service);
    WhProviderItem *provider = wh_model_find_provider(model, wh_account_item_provider(item));
    wh_account_item_set_provider_name(item,
                                      provider != NULL ? wh_provider_item_name(provider) : NULL);
}

static void update_host(gpointer item, json_t *element, gpointer data)
{
    WhModel *model = data;
    wh_host_item_update(item, element,
                        wh_model_find_account(model, wh_item_text(element, "account")));
}

static gpointer make_account(void)
{
    return wh_account_item_new();
}

static gpointer make_host(void)
{
    return wh_host_item_new();
}

void wh_model_make_lists(WhModel *model)
{
    const WhItemKind account = {WH_TYPE_ACCOUNT_ITEM, make_account, update_account};
    const WhItemKind host = {WH_TYPE_HOST_ITEM, make_host, update_host};
    model->accounts = wh_item_list_new(&account, MOST_ACCOUNTS, model);
    model->hosts = wh_item_list_new(&host, MOST_HOSTS, model);
    model->providers = g_list_store_new(WH_TYPE_PROVIDER_ITEM);
}

static gboolean take_service(WhModel *model, json_t *service)
{
    if (!json_is_object(service))
        return FALSE;
    json_incref(service);
    json_decref(model->service);
    model->service = service;
    return TRUE;
}

static void take_verdict(WhModel *model, guint family, json_t *verdict)
{
    static const char *const addresses[] = {"ipv4", "ipv6"};
    static const char *const sentences[] = {"ipv4-sentence", "ipv6-sentence"};
    wh_item_set_text(model, addresses[family], &model->addresses[family],
                     wh_item_text(verdict, "address"));
    wh_item_take_text(model, sentences[family], &model->address_sentences[family],
                      wh_sentence_verdict(verdict));
}

static void take_verdicts(WhModel *model, json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        const char *family = wh_item_text(verdict, "family");
        if (strcmp(family, "ipv4") == 0)
            take_verdict(model, 0, verdict);
        else if (strcmp(family, "ipv6") == 0)
            take_verdict(model, 1, verdict);
    }
}

static void relate_hosts(WhModel *model)
{
    GListModel *hosts = wh_model_hosts(model);
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);
        wh_host_item_relate(host, wh_model_find_account(model, wh_host_item_account(host)));
    }
}

/* What an account says depends on who takes care of the service, and for whom it is told. */
static void retell_accounts(WhModel *model)
{
    GListModel *accounts = wh_model_accounts(model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        wh_account_item_update(account, wh_account_item_json(account), model->service);
    }
}

static void tell_events(WhModel *model, json_t *events)
{
    size_t i;
    json_t *event;
    json_array_foreach(events, i, event)
    {
        if (!json_is_object(event))
            continue;
        g_autoptr(WhEventItem) item = wh_event_item_new(event);
        g_signal_emit_by_name(model, "event", item);
    }
}

/* Accounts before hosts, which say something about them. */
static void take_changes(WhModel *model, json_t *changes, gboolean whole)
{
    json_t *accounts = json_object_get(changes, "accounts");
    json_t *gone = json_object_get(changes, "removed_accounts");
    json_t *hosts = json_object_get(changes, "hosts");
    gboolean news = take_service(model, json_object_get(changes, "service"));
    if (news && !whole)
        retell_accounts(model);
    take_verdicts(model, json_object_get(changes, "verdicts"));
    if (whole || json_is_array(accounts))
        wh_item_list_take(model->accounts, accounts, whole);
    wh_item_list_remove(model->accounts, gone);
    wh_account_labels_tell_apart(model);
    if (!whole && (news || json_is_array(accounts) || json_is_array(gone)))
        relate_hosts(model);
    if (whole || json_is_array(hosts))
        wh_item_list_take(model->hosts, hosts, whole);
    wh_item_list_remove(model->hosts, json_object_get(changes, "removed_hosts"));
    wh_model_take_findings(model, changes, whole);
}

void wh_model_take_message(WhModel *model, json_t *message, gboolean whole)
{
    json_t *state = json_object_get(message, "state");
    gboolean has_state = json_is_object(state);
    g_object_freeze_notify(G_OBJECT(model));
    take_changes(model, has_state ? state : message, whole || has_state);
    wh_model_tell(model);
    g_object_thaw_notify(G_OBJECT(model));
    tell_events(model, json_object_get(message, "events"));
}

static int by_name(gconstpointer a, gconstpointer b, gpointer data)
{
    WhProviderItem *first = WH_PROVIDER_ITEM((gpointer)a);
    WhProviderItem *second = WH_PROVIDER_ITEM((gpointer)b);
    g_autofree char *left = g_utf8_casefold(wh_provider_item_name(first), -1);
    g_autofree char *right = g_utf8_casefold(wh_provider_item_name(second), -1);
    return g_utf8_collate(left, right);
}

/* One that says what it said before keeps its identity. */
static WhProviderItem *provider_of(WhModel *model, json_t *element)
{
    WhProviderItem *known = wh_model_find_provider(model, wh_item_text(element, "id"));
    if (known != NULL && json_equal(wh_provider_item_json(known), element))
        return g_object_ref(known);
    return wh_provider_item_new(element);
}

static void relate_accounts(WhModel *model)
{
    GListModel *accounts = wh_model_accounts(model);
    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);
        WhProviderItem *provider = wh_model_find_provider(model, wh_account_item_provider(account));
        wh_account_item_set_provider_name(
            account, provider != NULL ? wh_provider_item_name(provider) : NULL);
    }
    wh_account_labels_tell_apart(model);
}

static gboolean are_same(WhModel *model, GPtrArray *items)
{
    GListModel *old = G_LIST_MODEL(model->providers);
    if (g_list_model_get_n_items(old) != items->len)
        return FALSE;
    for (guint i = 0; i < items->len; i++) {
        g_autoptr(WhProviderItem) item = g_list_model_get_item(old, i);
        if (item != items->pdata[i])
            return FALSE;
    }
    return TRUE;
}

static int compare_pointers(gconstpointer a, gconstpointer b, gpointer data)
{
    return by_name(*(gconstpointer const *)a, *(gconstpointer const *)b, data);
}

void wh_model_take_providers(WhModel *model, json_t *providers)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);
    size_t i;
    json_t *element;
    json_array_foreach(providers, i, element)
    {
        if (*wh_item_text(element, "id") != '\0' && items->len < MOST_PROVIDERS)
            g_ptr_array_add(items, provider_of(model, element));
    }
    g_ptr_array_sort_with_data(items, compare_pointers, NULL);
    if (are_same(model, items))
        return;
    g_list_store_splice(model->providers, 0,
                        g_list_model_get_n_items(G_LIST_MODEL(model->providers)), items->pdata,
                        items->len);
    relate_accounts(model);
    relate_hosts(model);
    wh_model_tell(model);
}

void wh_model_refresh(WhModel *model)
{
    relate_hosts(model);
    wh_model_look_at_session(model);
    wh_model_tell(model);
}
