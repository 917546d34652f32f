#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"

/* A host that is named but unknown is answered NotFound, and FALSE. */
static gboolean host_exists(WhInvocation *invocation)
{
    const char *id = wh_invocation_text(invocation, "host");
    if (id == NULL || wh_accounts_find_host(wh_invocation_rooms(invocation)->accounts, id) != NULL)
        return TRUE;
    wh_failure_not_found(invocation, "host", id);
    return FALSE;
}

static gboolean account_exists(WhInvocation *invocation)
{
    const char *id = wh_invocation_text(invocation, "account");
    if (id == NULL || wh_accounts_find(wh_invocation_rooms(invocation)->accounts, id) != NULL)
        return TRUE;
    wh_failure_not_found(invocation, "account", id);
    return FALSE;
}

void wh_methods_update_now(WhInvocation *invocation)
{
    if (!host_exists(invocation))
        return;
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    rooms->look_again(rooms->data);
    wh_keeper_update_now(rooms->keeper, wh_invocation_text(invocation, "host"));
    wh_invocation_reply(invocation, NULL);
}

/* Pauses or resumes one host; FALSE: that is answered. */
static gboolean set_host_paused(WhInvocation *invocation, const WhHost *host, gboolean paused)
{
    if (host->paused == paused)
        return TRUE;
    g_autoptr(GError) error = NULL;
    WhHostDraft draft = {.paused_set = TRUE, .paused = paused};
    wh_watch_host_changed(invocation->control->watch, host->account, host->id);
    if (wh_accounts_edit_host(wh_invocation_rooms(invocation)->accounts, host->id, &draft, &error))
        return TRUE;
    wh_failure_accounts(invocation, error, host->name);
    return FALSE;
}

/* The general pause; FALSE: that is answered. */
static gboolean set_all_paused(WhInvocation *invocation, gboolean paused)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    gboolean saved = rooms->set_paused(paused, rooms->data);
    wh_watch_service_changed(invocation->control->watch);
    if (!saved)
        wh_failure_not_saved(invocation,
                             "This holds until the service ends: it could not be written down.");
    return saved;
}

void wh_methods_pause(WhInvocation *invocation)
{
    if (!host_exists(invocation))
        return;
    const char *id = wh_invocation_text(invocation, "host");
    const WhHost *host =
        id != NULL ? wh_accounts_find_host(wh_invocation_rooms(invocation)->accounts, id) : NULL;
    if (host != NULL ? set_host_paused(invocation, host, TRUE) : set_all_paused(invocation, TRUE))
        wh_invocation_reply(invocation, NULL);
}

static gboolean resume_host(WhInvocation *invocation, const char *id)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    if (!set_host_paused(invocation, wh_accounts_find_host(rooms->accounts, id), FALSE))
        return FALSE;
    const WhHost *host = wh_accounts_find_host(rooms->accounts, id);
    wh_keeper_resume(rooms->keeper, host->account, host->id);
    return TRUE;
}

static gboolean resume_account(WhInvocation *invocation, const char *account)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const GPtrArray *hosts = wh_accounts_hosts(rooms->accounts);
    for (guint i = 0; i < hosts->len; i++) {
        const WhHost *host = hosts->pdata[i];
        if (g_str_equal(host->account, account) && !set_host_paused(invocation, host, FALSE))
            return FALSE;
    }
    wh_keeper_resume(rooms->keeper, account, NULL);
    return TRUE;
}

void wh_methods_resume(WhInvocation *invocation)
{
    if (!host_exists(invocation) || !account_exists(invocation))
        return;
    const char *host = wh_invocation_text(invocation, "host");
    const char *account = wh_invocation_text(invocation, "account");
    gboolean done = (host == NULL || resume_host(invocation, host)) &&
                    (account == NULL || resume_account(invocation, account));
    if (done && host == NULL && account == NULL)
        done = set_all_paused(invocation, FALSE);
    if (done)
        wh_invocation_reply(invocation, NULL);
}

void wh_methods_reload(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    g_autoptr(GError) error = NULL;
    if (rooms->reload == NULL)
        wh_failure_not_possible(invocation,
                                "This service reads no files of names: there is nothing to read "
                                "again.");
    else if (rooms->reload(&error, rooms->data))
        wh_invocation_reply(invocation, NULL);
    else
        wh_failure_not_possible(invocation, error->message);
}
