#include "service/control/failure.h"

#include "service/control/control_private.h"
#include "service/protocol/names.h"

#include <string.h>

static void fail_for_reason(WhInvocation *invocation, const char *error_name, const char *reason)
{
    g_autofree char *valid = g_utf8_make_valid(reason, -1);
    wh_invocation_fail(invocation, error_name, json_pack("{s:s}", "reason", valid));
}

void wh_failure_not_found(WhInvocation *invocation, const char *what, const char *id)
{
    wh_invocation_fail(invocation, WH_CONTROL_ERROR("NotFound"),
                       json_pack("{s:s, s:s}", "what", what, "id", id));
}

void wh_failure_invalid(WhInvocation *invocation, const char *field, const char *reason)
{
    wh_invocation_fail(invocation, WH_CONTROL_ERROR("Invalid"),
                       json_pack("{s:s, s:s}", "field", field, "reason", reason));
}

void wh_failure_not_possible(WhInvocation *invocation, const char *reason)
{
    fail_for_reason(invocation, WH_CONTROL_ERROR("NotPossible"), reason);
}

void wh_failure_not_saved(WhInvocation *invocation, const char *reason)
{
    fail_for_reason(invocation, WH_CONTROL_ERROR("NotSaved"), reason);
}

void wh_failure_interaction_needed(WhInvocation *invocation)
{
    wh_invocation_fail(invocation, WH_CONTROL_ERROR("InteractionNeeded"), NULL);
}

void wh_failure_owned(WhInvocation *invocation, const char *owner)
{
    wh_invocation_fail(invocation, WH_CONTROL_ERROR("Owned"), json_pack("{s:s}", "owner", owner));
}

/* "field: a sentence". */
static void fail_invalid(WhInvocation *invocation, const char *message)
{
    g_autofree char *valid = g_utf8_make_valid(message, -1);
    char *colon = strstr(valid, ": ");
    if (colon == NULL) {
        wh_failure_invalid(invocation, "", valid);
        return;
    }
    *colon = '\0';
    wh_failure_invalid(invocation, valid, colon + 2);
}

/* The methods look for what is named before they act, so this is what an account in turn needs. */
static void fail_missing(WhInvocation *invocation)
{
    const char *account = wh_invocation_text(invocation, "account");
    const char *provider = wh_invocation_text(invocation, "provider");
    if (provider != NULL)
        wh_failure_not_found(invocation, "provider", provider);
    else
        wh_failure_not_found(invocation, "account", account != NULL ? account : "");
}

static void fail_exists(WhInvocation *invocation, const char *name)
{
    wh_invocation_fail(invocation, WH_CONTROL_ERROR("Exists"),
                       json_pack("{s:s}", "name", name != NULL ? name : ""));
}

void wh_failure_accounts(WhInvocation *invocation, const GError *error, const char *name)
{
    if (error->domain != WH_ACCOUNTS_ERROR) {
        wh_failure_not_saved(invocation, error->message);
        return;
    }
    switch ((WhAccountsErrorCode)error->code) {
    case WH_ACCOUNTS_ERROR_NOT_FOUND:
        fail_missing(invocation);
        break;
    case WH_ACCOUNTS_ERROR_EXISTS:
        fail_exists(invocation, name);
        break;
    case WH_ACCOUNTS_ERROR_INVALID:
        fail_invalid(invocation, error->message);
        break;
    case WH_ACCOUNTS_ERROR_NO_ADDRESS:
        wh_invocation_fail(invocation, WH_CONTROL_ERROR("NoAddress"), NULL);
        break;
    case WH_ACCOUNTS_ERROR_TOO_SOON:
        fail_for_reason(invocation, WH_CONTROL_ERROR("TooSoon"), error->message);
        break;
    case WH_ACCOUNTS_ERROR_STORE:
        /* The change may be in use although it could not be written. */
        wh_watch_lists_changed(invocation->control->watch);
        wh_failure_not_saved(invocation, error->message);
        break;
    case WH_ACCOUNTS_ERROR_NOT_HERE:
        wh_failure_not_possible(invocation, error->message);
        break;
    case WH_ACCOUNTS_ERROR_LIMIT:
        fail_for_reason(invocation, WH_CONTROL_ERROR("LimitReached"), error->message);
        break;
    }
}
