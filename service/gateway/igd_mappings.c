#include "service/gateway/igd_mappings.h"

#include "service/gateway/igd_xml.h"

/* SpecifiedArrayIndexInvalid: the list is over. Some routers say that an argument is wrong. */
#define END_OF_LIST "713"
#define WRONG_ARGUMENT "402"

struct WhIgdMappings {
    WhHttp *http;
    const WhIgdService *service;
    WhAddress self;
    WhIgdMappingsFunc done;
    gpointer data;
    WhIgdCall *call;
    guint index;
    gint count;
};

static void ask(WhIgdMappings *mappings);

static gboolean leads_here(const WhIgdMappings *mappings, const char *body, gsize length)
{
    WhAddress client;
    g_autofree char *text = wh_igd_xml_value(body, length, "NewInternalClient");
    g_autofree char *enabled = wh_igd_xml_value(body, length, "NewEnabled");
    return text != NULL && wh_address_parse(g_strstrip(text), &client) &&
           wh_address_equal(&client, &mappings->self) && g_strcmp0(enabled, "0") != 0;
}

static gboolean is_end(const char *body, gsize length)
{
    g_autofree char *code = wh_igd_xml_value(body, length, "errorCode");
    return g_strcmp0(code, END_OF_LIST) == 0 || g_strcmp0(code, WRONG_ARGUMENT) == 0;
}

static void on_entry(WhIgdCallOutcome outcome, const char *body, gsize length, gpointer data)
{
    WhIgdMappings *mappings = data;
    g_clear_pointer(&mappings->call, wh_igd_call_free);
    if (outcome == WH_IGD_CALL_DONE) {
        mappings->count += leads_here(mappings, body, length);
        if (++mappings->index < WH_IGD_MAPPINGS_MOST) {
            ask(mappings);
            return;
        }
        if (mappings->count == 0)
            mappings->count = -1;
    } else if (outcome == WH_IGD_CALL_FAILED || !is_end(body, length)) {
        mappings->count = -1;
    }
    mappings->done(mappings->count, mappings->data);
}

static void ask(WhIgdMappings *mappings)
{
    g_autofree char *arguments =
        g_strdup_printf("<NewPortMappingIndex>%u</NewPortMappingIndex>", mappings->index);
    mappings->call = wh_igd_call_new(mappings->http, mappings->service,
                                     "GetGenericPortMappingEntry", arguments, on_entry, mappings);
}

WhIgdMappings *wh_igd_mappings_new(WhHttp *http, const WhIgdService *service, const WhAddress *self,
                                   WhIgdMappingsFunc done, gpointer data)
{
    WhIgdMappings *mappings = g_new0(WhIgdMappings, 1);
    mappings->http = http;
    mappings->service = service;
    mappings->self = *self;
    mappings->done = done;
    mappings->data = data;
    ask(mappings);
    return mappings;
}

void wh_igd_mappings_free(WhIgdMappings *mappings)
{
    if (mappings == NULL)
        return;
    g_clear_pointer(&mappings->call, wh_igd_call_free);
    g_free(mappings);
}
