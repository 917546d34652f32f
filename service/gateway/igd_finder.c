#include "service/gateway/igd_finder.h"

#include "service/gateway/igd_search.h"

/* A small computer may take a while to write its description. */
#define TIMEOUT (5 * WH_SECOND)

/* places: descriptions that wait their turn. handle 0: none is being fetched; place: the one that
 * is. */
struct WhIgdFinder {
    WhHttp *http;
    WhAddress router;
    WhComplaints *complaints;
    WhIgdFinderFunc done;
    gpointer data;
    WhIgdSearch *search;
    GQueue places;
    guint64 handle;
    char *place;
};

static void fetch_next(WhIgdFinder *finder);

static const char *find_fault(const WhHttpResponse *response, const WhIgdDescription *description)
{
    if (response->truncated)
        return "a UPnP description that is too long";
    if (response->status != 200)
        return "a UPnP description that is not there";
    if (description == NULL)
        return "a UPnP description without a connection to the internet";
    return description->strays ? "UPnP services that are not at the router itself" : NULL;
}

static WhIgdDescription *read_description(WhIgdFinder *finder, const WhHttpResponse *response)
{
    g_autoptr(WhIgdDescription) description = NULL;
    if (response->status == 200 && !response->truncated)
        description = wh_igd_description_read(response->body, response->length, finder->place,
                                              &finder->router);
    const char *fault = find_fault(response, description);
    if (fault != NULL)
        wh_complaints_add(finder->complaints, &finder->router, fault);
    if (description == NULL || description->n_services == 0)
        return NULL;
    return g_steal_pointer(&description);
}

static void on_description(const WhHttpResponse *response, const GError *error, gpointer data)
{
    WhIgdFinder *finder = data;
    if (finder->handle == 0)
        return;
    finder->handle = 0;
    WhIgdDescription *description = response == NULL ? NULL : read_description(finder, response);
    if (description != NULL)
        finder->done(description, finder->data);
    else
        fetch_next(finder);
}

static void fetch(WhIgdFinder *finder)
{
    g_autoptr(WhSecret) url = wh_secret_new(finder->place, -1);
    WhHttpRequest request = {
        .method = "GET",
        .url = url,
        .shown_url = finder->place,
        .family = WH_HTTP_IPV4_ONLY,
        .allow_plain = TRUE,
        .timeout = TIMEOUT,
        .max_body = WH_IGD_DESCRIPTION_MOST,
    };
    finder->handle = wh_http_send(finder->http, &request, on_description, finder);
}

/* Nothing of the finder may be touched afterwards. */
static void fetch_next(WhIgdFinder *finder)
{
    g_free(finder->place);
    finder->place = g_queue_pop_head(&finder->places);
    if (finder->place != NULL)
        fetch(finder);
    else if (finder->search == NULL)
        finder->done(NULL, finder->data);
}

static void on_found(const char *location, gpointer data)
{
    WhIgdFinder *finder = data;
    if (location != NULL)
        g_queue_push_tail(&finder->places, g_strdup(location));
    else
        g_clear_pointer(&finder->search, wh_igd_search_free);
    if (finder->handle == 0)
        fetch_next(finder);
}

WhIgdFinder *wh_igd_finder_new(WhClock *clock, WhHttp *http, const WhGatewayRoute *route,
                               const WhAddress *group, guint16 port, WhComplaints *complaints,
                               WhIgdFinderFunc done, gpointer data)
{
    WhIgdFinder *finder = g_new0(WhIgdFinder, 1);
    finder->http = http;
    finder->router = route->router;
    finder->complaints = complaints;
    finder->done = done;
    finder->data = data;
    g_queue_init(&finder->places);
    finder->search = wh_igd_search_new(clock, route, group, port, complaints, on_found, finder);
    return finder;
}

void wh_igd_finder_free(WhIgdFinder *finder)
{
    if (finder == NULL)
        return;
    guint64 handle = finder->handle;
    finder->handle = 0;
    if (handle != 0)
        wh_http_cancel(finder->http, handle);
    g_clear_pointer(&finder->search, wh_igd_search_free);
    g_queue_clear_full(&finder->places, g_free);
    g_free(finder->place);
    g_free(finder);
}
