#include "service/control/draft.h"
#include "service/control/failure.h"
#include "service/control/methods.h"
#include "service/control/view.h"

static void tested(const WhOutcome *outcome, const GError *error, gpointer data)
{
    WhInvocation *invocation = data;
    if (error != NULL)
        wh_failure_accounts(invocation, error, NULL);
    else
        wh_invocation_reply(
            invocation,
            json_pack("{s:o}", "result", wh_view_result(outcome->result, outcome->detail)));
}

/* Whether what is to be tested can be found; if not, that is answered. */
static gboolean subject_exists(WhInvocation *invocation)
{
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const char *account = wh_invocation_text(invocation, "account");
    const char *provider = wh_invocation_text(invocation, "provider");
    if (account == NULL && provider == NULL)
        wh_failure_invalid(invocation, "account", "Name an account or a provider.");
    else if (account != NULL && wh_accounts_find(rooms->accounts, account) == NULL)
        wh_failure_not_found(invocation, "account", account);
    else if (provider != NULL && wh_providers_find(rooms->providers, provider) == NULL)
        wh_failure_not_found(invocation, "provider", provider);
    else
        return TRUE;
    return FALSE;
}

void wh_methods_test(WhInvocation *invocation)
{
    if (!subject_exists(invocation))
        return;
    const WhControlRooms *rooms = wh_invocation_rooms(invocation);
    const WhAddress *addresses[WH_N_FAMILIES] = {NULL};
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        const WhVerdict *verdict = wh_detector_verdict(rooms->detector, family);
        addresses[family] = verdict->known ? &verdict->address : NULL;
    }
    g_auto(WhAccountDraft) draft = {0};
    wh_draft_read(invocation, &draft);
    g_autoptr(GError) error = NULL;
    if (!wh_accounts_test(rooms->accounts, wh_invocation_text(invocation, "account"), &draft,
                          wh_invocation_text(invocation, "name"), addresses, tested, invocation,
                          &error))
        wh_failure_accounts(invocation, error, NULL);
}
