#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"
#include "service/control/rendition.h"
#include "service/control/view.h"

#define DEFAULT_EVENTS 100
#define MAX_EVENTS 1000

void wh_methods_status(WhInvocation *invocation)
{
    json_t *state = wh_view_state(wh_invocation_rooms(invocation));
    wh_rendition_reply(invocation, json_pack("{s:o}", "state", state));
}

void wh_methods_watch(WhInvocation *invocation)
{
    wh_watch_add(invocation->control->watch, invocation);
}

void wh_methods_list_providers(WhInvocation *invocation)
{
    g_autoptr(GPtrArray) list = wh_providers_list(wh_invocation_rooms(invocation)->providers);
    json_t *providers = json_array();
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(providers, wh_view_provider(list->pdata[i]));
    wh_invocation_reply(invocation, json_pack("{s:o}", "providers", providers));
}

static json_t *history(const WhControlRooms *rooms, const char *host, gint64 before, guint limit)
{
    g_autoptr(GPtrArray) list = wh_store_history(rooms->store, host, before, limit);
    json_t *events = json_array();
    for (guint i = 0; i < list->len; i++)
        json_array_append_new(events, wh_view_event(list->pdata[i]));
    return events;
}

void wh_methods_history(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const char *host = wh_invocation_text(invocation, "host");
    json_t *limit_given = wh_invocation_parameter(invocation, "limit");
    gint64 limit = limit_given != NULL ? json_integer_value(limit_given) : DEFAULT_EVENTS;
    gint64 before = json_integer_value(wh_invocation_parameter(invocation, "before"));
    if (host != NULL && wh_accounts_find_host(rooms->accounts, host) == NULL)
        wh_failure_not_found(invocation, "host", host);
    else if (limit < 1 || limit > MAX_EVENTS)
        wh_failure_invalid(invocation, "limit", "Give a number from 1 to 1000.");
    else if (before < 0)
        wh_failure_invalid(invocation, "before", "Give the id of an event.");
    else
        wh_rendition_reply(
            invocation, json_pack("{s:o}", "events", history(rooms, host, before, (guint)limit)));
}
