#include "service/control/view.h"

json_t *wh_view_event(const WhEvent *event)
{
    json_t *view = json_pack("{s:I, s:I, s:s}", "id", (json_int_t)event->id, "at",
                             (json_int_t)event->at, "kind", wh_event_kind_name(event->kind));
    wh_view_set_text(view, "host", event->host);
    wh_view_set_text(view, "name", event->host_name);
    if (event->has_family)
        wh_view_set_text(view, "family", wh_view_family(event->family));
    if (event->has_address)
        wh_view_set_address(view, "address", &event->address);
    if (event->has_result)
        json_object_set_new(view, "result", wh_view_result(event->result, event->detail));
    else
        wh_view_set_text(view, "detail", event->detail);
    return view;
}
