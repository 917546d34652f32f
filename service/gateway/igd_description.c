#include "service/gateway/igd_description.h"

#include "service/gateway/igd_url.h"
#include "service/gateway/igd_xml.h"

#include <miniupnpc/miniupnpc.h>

#include <string.h>

#define MAX_MODEL 64

static void clear_service(WhIgdService *service)
{
    g_clear_pointer(&service->type, g_free);
    g_clear_pointer(&service->control, g_free);
    g_clear_pointer(&service->events, g_free);
}

void wh_igd_description_free(WhIgdDescription *description)
{
    if (description == NULL)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(description->services); i++)
        clear_service(&description->services[i]);
    g_free(description->model);
    g_free(description);
}

/* The type goes into requests as it stands, so it must have nothing that means something there. */
static gboolean is_connection(const char *type)
{
    for (const char *at = type; *at != '\0'; at++)
        if (!g_ascii_isalnum(*at) && strchr(":-._", *at) == NULL)
            return FALSE;
    return g_str_has_prefix(type, "urn:schemas-upnp-org:service:WANIPConnection:") ||
           g_str_has_prefix(type, "urn:schemas-upnp-org:service:WANPPPConnection:");
}

static void add_service(WhIgdDescription *description, const struct IGDdatas_service *found,
                        const char *base, const WhAddress *router)
{
    if (!is_connection(found->servicetype) || found->controlurl[0] == '\0')
        return;
    g_autofree char *control_reference = wh_igd_xml_decode(found->controlurl);
    g_autofree char *events_reference = wh_igd_xml_decode(found->eventsuburl);
    g_autofree char *control = wh_igd_url_resolve(base, control_reference, router);
    g_autofree char *events =
        *events_reference == '\0' ? NULL : wh_igd_url_resolve(base, events_reference, router);
    description->strays |= control == NULL || (events == NULL && *events_reference != '\0');
    if (control == NULL)
        return;
    description->services[description->n_services++] = (WhIgdService){
        .type = g_strdup(found->servicetype),
        .control = g_steal_pointer(&control),
        .events = g_steal_pointer(&events),
    };
}

static char *read_model(const char *bytes, gsize length)
{
    static const char *const names[] = {"modelName", "friendlyName", "manufacturer"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = wh_igd_xml_value(bytes, length, names[i]);
        if (value == NULL)
            continue;
        g_strstrip(value);
        if (g_utf8_strlen(value, -1) > MAX_MODEL)
            *g_utf8_offset_to_pointer(value, MAX_MODEL) = '\0';
        if (*value != '\0')
            return g_steal_pointer(&value);
    }
    return NULL;
}

/* Relative addresses begin where the description says, if that is at the router, or where it is. */
static char *choose_base(const struct IGDdatas *data, const char *location, const WhAddress *router)
{
    g_autofree char *reference = wh_igd_xml_decode(data->urlbase);
    g_autofree char *base = *reference == '\0' ? NULL : wh_igd_url_resolve(NULL, reference, router);
    return base != NULL ? g_steal_pointer(&base) : g_strdup(location);
}

WhIgdDescription *wh_igd_description_read(const char *bytes, gsize length, const char *location,
                                          const WhAddress *router)
{
    struct IGDdatas data = {0};
    if (length > WH_IGD_DESCRIPTION_MOST)
        return NULL;
    parserootdesc(bytes, (int)length, &data);
    g_autofree char *base = choose_base(&data, location, router);
    g_autoptr(WhIgdDescription) description = g_new0(WhIgdDescription, 1);
    add_service(description, &data.first, base, router);
    add_service(description, &data.second, base, router);
    if (description->n_services == 0 && !description->strays)
        return NULL;
    description->model = read_model(bytes, length);
    return g_steal_pointer(&description);
}
