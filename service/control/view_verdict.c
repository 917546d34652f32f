#include "service/control/view.h"

static json_t *source(const WhObservation *observation)
{
    json_t *view = json_object();
    wh_view_set_text(view, "name", observation->source);
    wh_view_set_text(view, "organisation", observation->organisation);
    if (observation->ok)
        wh_view_set_address(view, "address", &observation->address);
    else
        wh_view_set_text(view, "failure", observation->failure);
    return view;
}

json_t *wh_view_verdict(const WhVerdict *verdict)
{
    json_t *sources = json_array();
    for (guint i = 0; verdict->observations != NULL && i < verdict->observations->len; i++)
        json_array_append_new(sources, source(verdict->observations->pdata[i]));
    json_t *view = json_pack("{s:s, s:s, s:o}", "family", wh_view_family(verdict->family), "reason",
                             wh_verdict_reason_name(verdict->reason), "sources", sources);
    if (verdict->known)
        wh_view_set_address(view, "address", &verdict->address);
    if (verdict->vpn[0] != '\0')
        wh_view_set_text(view, "vpn", verdict->vpn);
    return view;
}
