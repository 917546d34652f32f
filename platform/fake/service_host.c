#include "platform/service_host.h"

#include "platform/fake/bell.h"
#include "platform/fake/state.h"

struct WhServiceHost {
    WhServiceHostFunc stop;
    WhServiceHostFunc reload;
    gpointer data;
    GSource *bell;
    GSource *reload_bell;
    gboolean stopped;
    char *status;
};

static void bell_rang(gpointer data)
{
    WhServiceHost *host = data;

    if (host->stopped)
        return;
    host->stopped = TRUE;
    host->stop(host->data);
}

static void reload_bell_rang(gpointer data)
{
    WhServiceHost *host = data;

    if (!host->stopped)
        host->reload(host->data);
}

static void record(const char *what, const char *line)
{
    g_ptr_array_add(wh_fake_state()->host_record, g_strconcat(what, line, NULL));
}

WhServiceHost *wh_service_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    WhServiceHost *host = g_new0(WhServiceHost, 1);

    host->stop = stop;
    host->reload = reload;
    host->data = data;
    host->bell = wh_fake_bell_new(bell_rang, host);
    host->reload_bell = wh_fake_bell_new(reload_bell_rang, host);
    g_ptr_array_add(wh_fake_state()->hosts, host);
    return host;
}

void wh_service_host_free(WhServiceHost *host)
{
    if (host == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->hosts, host);
    wh_fake_bell_free(host->bell);
    wh_fake_bell_free(host->reload_bell);
    g_free(host->status);
    g_free(host);
}

/* The same line breaks are taken out as by the real one. */
static gboolean status_take(WhServiceHost *host, const char *status)
{
    g_autofree char *line = g_strdelimit(g_strdup(status), "\r\n", ' ');

    if (g_strcmp0(line, host->status) == 0)
        return FALSE;
    g_free(host->status);
    host->status = g_steal_pointer(&line);
    return TRUE;
}

void wh_service_host_ready(WhServiceHost *host, const char *status)
{
    status_take(host, status);
    record("ready: ", host->status);
}

void wh_service_host_status(WhServiceHost *host, const char *status)
{
    if (status_take(host, status))
        record("status: ", host->status);
}

void wh_service_host_stopping(WhServiceHost *host)
{
    record("stopping", "");
}

void wh_fake_service_host_stop(void)
{
    GPtrArray *hosts = wh_fake_state()->hosts;

    for (guint i = 0; i < hosts->len; i++)
        wh_fake_bell_ring(((WhServiceHost *)g_ptr_array_index(hosts, i))->bell);
}

void wh_fake_service_host_reload(void)
{
    GPtrArray *hosts = wh_fake_state()->hosts;

    for (guint i = 0; i < hosts->len; i++)
        wh_fake_bell_ring(((WhServiceHost *)g_ptr_array_index(hosts, i))->reload_bell);
}

const GPtrArray *wh_fake_service_host_record(void)
{
    return wh_fake_state()->host_record;
}
