#include "app/client/requests_private.h"

void wh_requests_put(json_t *object, const char *member, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, member, json_string(text));
}

static void put_table(json_t *object, const char *member, GHashTable *table)
{
    if (table == NULL)
        return;
    json_t *texts = json_object();
    GHashTableIter iter;
    gpointer name, text;
    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &name, &text))
        wh_requests_put(texts, name, text);
    json_object_set_new(object, member, texts);
}

void wh_requests_put_account(json_t *object, const WhAccountRequest *account)
{
    wh_requests_put(object, "label", account->label);
    put_table(object, "fields", account->fields);
    put_table(object, "secrets", account->secrets);
}

void wh_requests_add_account(WhLink *link, const WhAccountRequest *account,
                             GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "provider", account->provider);
    wh_requests_put_account(parameters, account);
    wh_requests_send_claiming(link, "AddAccount", parameters, done, data);
}

void wh_requests_edit_account(WhLink *link, const char *id, const WhAccountRequest *account,
                              GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "account", id);
    wh_requests_put_account(parameters, account);
    wh_requests_send_change(link, "EditAccount", parameters, done, data);
}

void wh_requests_remove_account(WhLink *link, const char *id, GAsyncReadyCallback done,
                                gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "account", id);
    wh_requests_send_change(link, "RemoveAccount", parameters, done, data);
}

void wh_requests_set_secret(WhLink *link, const char *account, const char *field,
                            const char *secret, GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "account", account);
    wh_requests_put(parameters, "field", field);
    wh_requests_put(parameters, "secret", secret);
    wh_requests_send(link, "SetSecret", parameters, done, data);
}

void wh_requests_test(WhLink *link, const char *account, const WhAccountRequest *draft,
                      const char *name, GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "account", account);
    if (draft != NULL) {
        if (account == NULL)
            wh_requests_put(parameters, "provider", draft->provider);
        put_table(parameters, "fields", draft->fields);
        put_table(parameters, "secrets", draft->secrets);
    }
    wh_requests_put(parameters, "name", name);
    wh_requests_send_claiming(link, "Test", parameters, done, data);
}
