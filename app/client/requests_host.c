#include "app/client/requests_private.h"

static void put_host(json_t *object, const WhHostRequest *host)
{
    wh_requests_put(object, "account", host->account);
    wh_requests_put(object, "name", host->name);
    if (!host->wants_set)
        return;
    json_object_set_new(object, "ipv4", json_boolean(host->ipv4));
    json_object_set_new(object, "ipv6", json_boolean(host->ipv6));
}

void wh_requests_add_host(WhLink *link, const WhHostRequest *host, GAsyncReadyCallback done,
                          gpointer data)
{
    json_t *parameters = json_object();
    put_host(parameters, host);
    wh_requests_send_claiming(link, "AddHost", parameters, done, data);
}

void wh_requests_edit_host(WhLink *link, const char *id, const WhHostRequest *host,
                           GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "host", id);
    put_host(parameters, host);
    wh_requests_send_change(link, "EditHost", parameters, done, data);
}

static void send_for_host(WhLink *link, const char *method, const char *host,
                          GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "host", host);
    wh_requests_send_change(link, method, parameters, done, data);
}

void wh_requests_remove_host(WhLink *link, const char *id, GAsyncReadyCallback done, gpointer data)
{
    send_for_host(link, "RemoveHost", id, done, data);
}

void wh_requests_update_now(WhLink *link, const char *host, GAsyncReadyCallback done, gpointer data)
{
    send_for_host(link, "UpdateNow", host, done, data);
}

void wh_requests_pause(WhLink *link, const char *host, GAsyncReadyCallback done, gpointer data)
{
    send_for_host(link, "Pause", host, done, data);
}

void wh_requests_resume(WhLink *link, const char *host, const char *account,
                        GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "host", host);
    wh_requests_put(parameters, "account", account);
    wh_requests_send_change(link, "Resume", parameters, done, data);
}

void wh_requests_history(WhLink *link, const char *host, gint64 before, guint limit,
                         GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    wh_requests_put(parameters, "host", host);
    if (before != 0)
        json_object_set_new(parameters, "before", json_integer(before));
    if (limit != 0)
        json_object_set_new(parameters, "limit", json_integer(limit));
    wh_requests_send(link, "History", parameters, done, data);
}
