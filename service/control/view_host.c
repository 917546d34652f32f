#include "service/control/view.h"

/* Only these have a result that explains them. */
static gboolean has_result(WhRecordStatus status)
{
    return status == WH_RECORD_WAITING || status == WH_RECORD_HALTED || status == WH_RECORD_REFUSED;
}

static json_t *record(WhFamily family, const WhRecordView *seen)
{
    json_t *view =
        json_pack("{s:s, s:s, s:o}", "family", wh_view_family(family), "state",
                  wh_record_status_name(seen->status), "proof", wh_view_proof(seen->proof));
    wh_view_set_address(view, "desired", seen->desired);
    wh_view_set_address(view, "acknowledged", seen->acknowledged);
    if (seen->acknowledged != NULL)
        wh_view_set_integer(view, "acknowledged_at", seen->acknowledged_at);
    if (has_result(seen->status))
        json_object_set_new(view, "result", wh_view_result(seen->result, seen->detail));
    if (seen->status == WH_RECORD_HALTED)
        wh_view_set_text(view, "scope", wh_view_scope(seen->scope));
    wh_view_set_integer(view, "until", seen->until);
    if (seen->status == WH_RECORD_NO_ADDRESS)
        wh_view_set_text(view, "why", wh_aim_reason_name(seen->why));
    return view;
}

static json_t *records(const WhControlRooms *rooms, const WhHost *host)
{
    json_t *array = json_array();
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        WhRecordView seen;
        if (wh_keeper_view(rooms->keeper, host->id, family, &seen))
            json_array_append_new(array, record(family, &seen));
    }
    return array;
}

static const char *withheld(WhWithheld reason)
{
    switch (reason) {
    case WH_WITHHELD_NOT:
        return NULL;
    case WH_WITHHELD_DECLARED:
        return "declared";
    case WH_WITHHELD_ELSEWHERE:
    case WH_WITHHELD_ASKING:
        return "system";
    }
    return NULL;
}

static void set_flag(json_t *view, const char *name, gboolean flag)
{
    if (flag)
        json_object_set_new(view, name, json_true());
}

static void set_device(json_t *view, const WhHost *host)
{
    char suffix[WH_SUFFIX_STRLEN], mac[WH_MAC_STRLEN];
    switch (host->device) {
    case WH_DEVICE_THIS:
        break;
    case WH_DEVICE_SUFFIX:
        wh_view_set_text(view, "device", "suffix");
        wh_view_set_text(view, "suffix", wh_suffix_format(host->suffix, suffix));
        break;
    case WH_DEVICE_MAC:
        wh_view_set_text(view, "device", "mac");
        wh_view_set_text(view, "mac", wh_mac_format(host->mac, mac));
        break;
    }
}

static void set_networks(json_t *view, const WhControlRooms *rooms, const WhHost *host)
{
    const char *here = rooms->network != NULL ? rooms->network(rooms->data) : NULL;
    json_t *networks = json_array();
    for (guint i = 0; host->networks[i] != NULL; i++)
        json_array_append_new(networks, json_string(host->networks[i]));
    json_object_set_new(view, "networks", networks);
    json_object_set_new(
        view, "here",
        json_boolean(here != NULL && g_strv_contains((const char *const *)host->networks, here)));
}

json_t *wh_view_host(const WhControlRooms *rooms, const WhHost *host)
{
    json_t *view =
        json_pack("{s:s, s:s, s:s, s:b, s:o}", "id", host->id, "name", host->name, "account",
                  host->account, "paused", host->paused, "records", records(rooms, host));
    wh_view_set_integer(view, "ttl", host->ttl);
    wh_view_set_text(view, "declared", wh_accounts_declared_in(rooms->accounts, host->account));
    wh_view_set_text(view, "withheld", withheld(wh_accounts_withheld(rooms->accounts, host->id)));
    set_device(view, host);
    set_flag(view, "lan", host->lan);
    set_flag(view, "withhold_unreachable", host->withhold_unreachable);
    if (host->networks != NULL)
        set_networks(view, rooms, host);
    return view;
}
