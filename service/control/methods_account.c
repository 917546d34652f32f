#include "service/control/control_private.h"
#include "service/control/draft.h"
#include "service/control/failure.h"
#include "service/control/methods.h"

/* The account that the call names, or NULL after NotFound was answered. */
static const char *named_account(WhInvocation *invocation)
{
    const char *id = wh_invocation_text(invocation, "account");
    if (wh_accounts_find(wh_invocation_rooms(invocation)->accounts, id) != NULL)
        return id;
    wh_failure_not_found(invocation, "account", id);
    return NULL;
}

/* Answers a change of `account`; its hosts wait for its secrets, so they are another now as well.
 * secrets: some were given or forgotten. */
static void answer_change(WhInvocation *invocation, const char *account, gboolean secrets,
                          gboolean done, const GError *error)
{
    if (!done) {
        wh_failure_accounts(invocation, error, NULL);
        return;
    }
    wh_watch_host_changed(invocation->control->watch, account, NULL);
    if (secrets)
        wh_waiting_reply(invocation->control->waiting, invocation, account, NULL);
    else
        wh_invocation_reply(invocation, NULL);
}

void wh_methods_add_account(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    g_autoptr(GError) error = NULL;
    g_auto(WhAccountDraft) draft = {0};
    wh_draft_read(invocation, &draft);
    const char *id = NULL;
    if (wh_providers_find(rooms->providers, draft.provider) == NULL) {
        wh_failure_not_found(invocation, "provider", draft.provider);
    } else if (!wh_accounts_add(rooms->accounts, &draft, &id, &error)) {
        wh_failure_accounts(invocation, error, NULL);
    } else {
        wh_watch_lists_changed(invocation->control->watch);
        wh_waiting_reply(invocation->control->waiting, invocation, id,
                         json_pack("{s:s}", "account", id));
    }
}

void wh_methods_edit_account(WhInvocation *invocation)
{
    const char *id = named_account(invocation);
    if (id == NULL)
        return;
    g_autoptr(GError) error = NULL;
    g_auto(WhAccountDraft) draft = {0};
    wh_draft_read(invocation, &draft);
    gboolean done = wh_accounts_edit(wh_invocation_rooms(invocation)->accounts, id, &draft, &error);
    answer_change(invocation, id, draft.secrets != NULL, done, error);
}

void wh_methods_remove_account(WhInvocation *invocation)
{
    const char *id = named_account(invocation);
    if (id == NULL)
        return;
    g_autoptr(GError) error = NULL;
    gboolean done = wh_accounts_remove(wh_invocation_rooms(invocation)->accounts, id, &error);
    answer_change(invocation, id, TRUE, done, error);
}

void wh_methods_set_secret(WhInvocation *invocation)
{
    const char *id = named_account(invocation);
    if (id == NULL)
        return;
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecret) secret = wh_draft_take_secret(invocation, "secret");
    gboolean done = wh_accounts_set_secret(wh_invocation_rooms(invocation)->accounts, id,
                                           wh_invocation_text(invocation, "field"), secret, &error);
    answer_change(invocation, id, TRUE, done, error);
}

void wh_methods_forget_secrets(WhInvocation *invocation)
{
    const char *id = named_account(invocation);
    if (id == NULL)
        return;
    g_autoptr(GError) error = NULL;
    gboolean done =
        wh_accounts_forget_secrets(wh_invocation_rooms(invocation)->accounts, id, &error);
    answer_change(invocation, id, TRUE, done, error);
}
