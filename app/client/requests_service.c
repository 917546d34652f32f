#include "app/client/requests_private.h"

void wh_requests_list_providers(WhLink *link, GAsyncReadyCallback done, gpointer data)
{
    wh_requests_send(link, "ListProviders", NULL, done, data);
}

void wh_requests_unlock_keyring(WhLink *link, GAsyncReadyCallback done, gpointer data)
{
    wh_requests_send_change(link, "UnlockKeyring", NULL, done, data);
}

void wh_requests_allow_secret_file(WhLink *link, gboolean allowed, GAsyncReadyCallback done,
                                   gpointer data)
{
    json_t *parameters = json_object();
    json_object_set_new(parameters, "allowed", json_boolean(allowed));
    wh_requests_send_change(link, "AllowSecretFile", parameters, done, data);
}

void wh_requests_keep_unattended(WhLink *link, gboolean enabled, GAsyncReadyCallback done,
                                 gpointer data)
{
    json_t *parameters = json_object();
    json_object_set_new(parameters, "enabled", json_boolean(enabled));
    wh_requests_send_change(link, "KeepUnattended", parameters, done, data);
}

void wh_requests_reload(WhLink *link, GAsyncReadyCallback done, gpointer data)
{
    wh_requests_send_change(link, "Reload", NULL, done, data);
}

void wh_requests_diagnose(WhLink *link, GAsyncReadyCallback done, gpointer data)
{
    wh_requests_send_change(link, "Diagnose", NULL, done, data);
}

void wh_requests_set_vpn(WhLink *link, const char *vpn, const char *publish,
                         GAsyncReadyCallback done, gpointer data)
{
    json_t *parameters = json_object();
    json_object_set_new(parameters, "vpn", json_string(vpn));
    json_object_set_new(parameters, "publish", json_string(publish));
    wh_requests_send_change(link, "SetVpn", parameters, done, data);
}
