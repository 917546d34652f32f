#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"
#include "service/control/rendition.h"
#include "service/control/view.h"

/* The service may be ending by now: then nobody hears the answer. */
static void diagnosed(gpointer data)
{
    WhInvocation *invocation = data;
    if (invocation->control == NULL || invocation->connection == NULL) {
        wh_invocation_reply(invocation, NULL);
        return;
    }
    json_t *findings = wh_view_findings(wh_invocation_rooms(invocation));
    wh_rendition_reply(invocation, json_pack("{s:o}", "findings", findings));
}

void wh_methods_diagnose(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    if (rooms->diagnose != NULL)
        rooms->diagnose(diagnosed, invocation, rooms->data);
    else
        diagnosed(invocation);
}
