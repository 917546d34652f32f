#include "service/control/view.h"

#include <string.h>

/* The verdict of a family that everything of goes through it now, or NULL. */
static const WhVerdict *find_active(const WhControlRooms *rooms, const char *vpn)
{
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhVerdict *verdict = wh_detector_verdict(rooms->detector, family);
        if (strcmp(verdict->vpn, vpn) == 0)
            return verdict;
    }
    return NULL;
}

/* The one that is on may be another one than that of the same name that was decided for. */
static void append(const WhControlRooms *rooms, const char *vpn, json_t *array)
{
    const WhVerdict *active = find_active(rooms, vpn);
    WhVpnChoice choice = active != NULL ? active->vpn_choice
                                        : wh_vpn_choices_get(rooms->vpn_choices(rooms->data), vpn);
    json_t *view =
        json_pack("{s:s, s:b}", "publish", wh_vpn_choice_name(choice), "active", active != NULL);
    wh_view_set_text(view, "vpn", vpn);
    json_array_append_new(array, view);
}

/* An active one that nothing was decided for, once for both families. */
static gboolean is_undecided(const WhControlRooms *rooms, WhFamily family)
{
    const WhVerdict *verdict = wh_detector_verdict(rooms->detector, family);
    const WhVerdict *first = wh_detector_verdict(rooms->detector, WH_FAMILY_IPV4);
    if (verdict->vpn[0] == '\0' ||
        wh_vpn_choices_get(rooms->vpn_choices(rooms->data), verdict->vpn) != WH_VPN_NOTHING)
        return FALSE;
    return verdict == first || strcmp(verdict->vpn, first->vpn) != 0;
}

json_t *wh_view_vpns(const WhControlRooms *rooms)
{
    json_t *array = json_array();
    const WhVpnChoices *choices = rooms->vpn_choices(rooms->data);
    const char *name;
    for (guint i = 0; (name = wh_vpn_choices_name(choices, i)) != NULL; i++)
        append(rooms, name, array);
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++)
        if (is_undecided(rooms, family))
            append(rooms, wh_detector_verdict(rooms->detector, family)->vpn, array);
    return array;
}
