#include "service/base/product.h"
#include "service/control/view.h"

static json_t *texts(const char *const *list)
{
    json_t *array = json_array();
    for (guint i = 0; list != NULL && list[i] != NULL; i++) {
        g_autofree char *valid = g_utf8_make_valid(list[i], -1);
        json_array_append_new(array, json_string(valid));
    }
    return array;
}

static json_t *view_secrets(const WhControlRooms *rooms)
{
    WhVaultView view;
    wh_vault_view(rooms->vault, &view);
    json_t *secrets =
        json_pack("{s:s, s:s, s:s, s:b}", "kept_in", wh_vault_place_name(view.place), "keyring",
                  wh_vault_keyring_name(view.keyring), "writer",
                  rooms->system_scope ? "client" : "service", "file_allowed", view.file_allowed);
    if (rooms->system_scope)
        json_object_set_new(secrets, "unattended", json_boolean(view.unattended));
    return secrets;
}

json_t *wh_view_service(const WhControlRooms *rooms)
{
    const char *const *codes = NULL, *const *details = NULL;
    const char *principal = NULL, *owner = NULL;
    rooms->notices(&codes, &details, rooms->data);
    json_t *view = json_pack(
        "{s:s, s:s, s:I, s:b, s:b, s:o, s:o, s:o}", "version", WH_VERSION, "scope",
        rooms->system_scope ? "system" : "user", "started", (json_int_t)rooms->started, "paused",
        wh_keeper_is_paused(rooms->keeper), "instant", rooms->is_instant(rooms->data), "notices",
        texts(codes), "notice_details", texts(details), "secrets", view_secrets(rooms));
    if (rooms->system_scope && rooms->owner != NULL)
        rooms->owner(&principal, &owner, rooms->data);
    wh_view_set_text(view, "owner", owner);
    if (rooms->network != NULL)
        wh_view_set_text(view, "network", rooms->network(rooms->data));
    return view;
}

static json_t *verdicts(const WhControlRooms *rooms)
{
    json_t *array = json_array();
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        json_array_append_new(array, wh_view_verdict(wh_detector_verdict(rooms->detector, family)));
    return array;
}

static json_t *accounts(const WhControlRooms *rooms)
{
    json_t *array = json_array();
    const GPtrArray *list = wh_accounts_list(rooms->accounts);
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(array, wh_view_account(rooms, list->pdata[i]));
    return array;
}

static json_t *hosts(const WhControlRooms *rooms)
{
    json_t *array = json_array();
    const GPtrArray *list = wh_accounts_hosts(rooms->accounts);
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(array, wh_view_host(rooms, list->pdata[i]));
    return array;
}

json_t *wh_view_state(const WhControlRooms *rooms)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "service", wh_view_service(rooms),
                     "verdicts", verdicts(rooms), "accounts", accounts(rooms), "hosts",
                     hosts(rooms), "findings", wh_view_findings(rooms), "vpns",
                     wh_view_vpns(rooms));
}
