#include "service/reconcile/keeper_private.h"

static void wake(gpointer data)
{
    wh_kept_host_touch(data);
}

WhKeptHost *wh_kept_host_new(WhKeptAccount *account, const WhHost *settings)
{
    WhKeptHost *host = g_new0(WhKeptHost, 1);
    host->account = account;
    host->host = wh_host_copy(settings);
    host->wake = (WhAgendaEntry){.due = wake, .data = host};
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        wh_record_init(&host->records[i], host, (WhFamily)i);
    return host;
}

void wh_kept_host_free(WhKeptHost *host)
{
    wh_agenda_remove(host->account->keeper->agenda, &host->wake);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        wh_record_clear(&host->records[i]);
    wh_batch_forget_host(host);
    wh_host_state_clear(&host->state);
    wh_host_free(host->host);
    g_free(host);
}

void wh_kept_host_touch(WhKeptHost *host)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (wh_record_is_wanted(&host->records[i]))
            wh_record_touch(&host->records[i]);
    }
}
