/* The UPnP client alone, for scenarios: a line of JSON a word. Reads "ask" and "count" from
 * standard input and ends with it.
 *
 * usage: lab-igd ROUTER SELF */
#include "service/gateway/igd.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    WhIgd *igd;
    GMainLoop *loop;
} Watch;

static void hear(const WhIgdWord *word, gpointer data)
{
    static const char *const kinds[] = {
        [WH_IGD_ANSWERED] = "answered", [WH_IGD_SILENT] = "silent", [WH_IGD_EVENT] = "event"};
    char address[WH_ADDRESS_STRLEN] = "";
    if (word->has_address)
        wh_address_format(&word->address, address);
    printf("{\"kind\": \"%s\", \"address\": \"%s\", \"subscribed\": %s, \"model\": \"%s\", "
           "\"mappings\": %d}\n",
           kinds[word->kind], address, word->subscribed ? "true" : "false",
           word->model != NULL ? word->model : "", word->mappings_here);
    fflush(stdout);
}

static gboolean obey(GIOChannel *channel, GIOCondition condition, gpointer data)
{
    Watch *watch = data;
    g_autofree char *line = NULL;
    if (g_io_channel_read_line(channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
        g_main_loop_quit(watch->loop);
        return G_SOURCE_REMOVE;
    }
    if (strcmp(line, "ask\n") == 0)
        wh_igd_ask(watch->igd);
    else if (strcmp(line, "count\n") == 0)
        wh_igd_count(watch->igd);
    return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv)
{
    Watch watch = {.loop = g_main_loop_new(NULL, FALSE)};
    WhGatewayRoute route = {.interface = 1, .prefix_length = 24};
    if (argc != 3 || !wh_address_parse(argv[1], &route.router) ||
        !wh_address_parse(argv[2], &route.self))
        return 2;
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), NULL, "Linux");
    watch.igd = wh_igd_new(wh_clock_system(), http, &route, hear, NULL);
    GIOChannel *channel = g_io_channel_unix_new(fileno(stdin));
    g_io_channel_set_buffered(channel, TRUE);
    g_io_add_watch(channel, G_IO_IN | G_IO_HUP, obey, &watch);
    g_main_loop_run(watch.loop);
    wh_igd_free(watch.igd);
    g_io_channel_unref(channel);
    g_main_loop_unref(watch.loop);
    return 0;
}
