#include "service/base/event.h"

#include <string.h>

static const char *const names[] = {
    [WH_EVENT_ADDRESS] = "address",   [WH_EVENT_SENT] = "sent",
    [WH_EVENT_ANSWERED] = "answered", [WH_EVENT_HELD] = "held",
    [WH_EVENT_WAITING] = "waiting",   [WH_EVENT_HALTED] = "halted",
    [WH_EVENT_RESUMED] = "resumed",   [WH_EVENT_PROVEN] = "proven",
    [WH_EVENT_DIFFERS] = "differs",   [WH_EVENT_UNPROVABLE] = "unprovable",
    [WH_EVENT_HEALED] = "healed",     [WH_EVENT_PAUSED] = "paused",
    [WH_EVENT_UNPAUSED] = "unpaused", [WH_EVENT_STARTED] = "started",
};

G_STATIC_ASSERT(G_N_ELEMENTS(names) == WH_N_EVENT_KINDS);

const char *wh_event_kind_name(WhEventKind kind)
{
    return names[kind];
}

gboolean wh_event_kind_parse(const char *name, WhEventKind *kind)
{
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(names[i], name) == 0) {
            *kind = (WhEventKind)i;
            return TRUE;
        }
    }
    return FALSE;
}

WhEvent *wh_event_new(WhEventKind kind, gint64 at)
{
    WhEvent *event = g_new0(WhEvent, 1);
    event->kind = kind;
    event->at = at;
    return event;
}

WhEvent *wh_event_copy(const WhEvent *event)
{
    WhEvent *copy = g_new(WhEvent, 1);
    *copy = *event;
    copy->host = g_strdup(event->host);
    copy->host_name = g_strdup(event->host_name);
    copy->detail = g_strdup(event->detail);
    return copy;
}

void wh_event_free(WhEvent *event)
{
    if (event == NULL)
        return;
    g_free(event->host);
    g_free(event->host_name);
    g_free(event->detail);
    g_free(event);
}
