#include "service/control/control_private.h"
#include "service/control/failure.h"
#include "service/control/methods.h"
#include "service/control/wishes.h"

/* RFC 2181 section 8: a TTL has 31 bits. */
#define MAX_TTL G_MAXINT32

/* A flag that may be absent. */
static gboolean flag_or(WhInvocation *invocation, const char *name, gboolean otherwise)
{
    json_t *value = wh_invocation_parameter(invocation, name);
    return value != NULL ? json_is_true(value) : otherwise;
}

/* Reads what the call says; `now` is the host that is edited, or NULL. FALSE: Invalid was answered.
 */
static gboolean read_draft(WhInvocation *invocation, const WhHost *now, WhWishes *wishes,
                           WhHostDraft *draft)
{
    json_t *ttl = wh_invocation_parameter(invocation, "ttl");
    json_int_t seconds = json_integer_value(ttl);
    *draft = (WhHostDraft){
        .account = wh_invocation_text(invocation, "account"),
        .name = wh_invocation_text(invocation, "name"),
        .wants_set = TRUE,
        .wants = {flag_or(invocation, "ipv4", now == NULL || now->wants[WH_FAMILY_IPV4]),
                  flag_or(invocation, "ipv6", now == NULL || now->wants[WH_FAMILY_IPV6])},
        .ttl_set = ttl != NULL,
        .ttl = (guint32)seconds,
    };
    if (seconds < 0 || seconds > MAX_TTL) {
        wh_failure_invalid(invocation, "ttl", "Give a number of seconds from 0 to 2147483647.");
        return FALSE;
    }
    if (!draft->wants[WH_FAMILY_IPV4] && !draft->wants[WH_FAMILY_IPV6]) {
        wh_failure_invalid(invocation, "ipv4", "Keep at least one of IPv4 and IPv6.");
        return FALSE;
    }
    return wh_wishes_read(invocation, now, wishes, draft);
}

static gboolean account_exists(WhInvocation *invocation, const char *account)
{
    if (account == NULL ||
        wh_accounts_find(wh_invocation_rooms(invocation)->accounts, account) != NULL)
        return TRUE;
    wh_failure_not_found(invocation, "account", account);
    return FALSE;
}

void wh_methods_add_host(WhInvocation *invocation)
{
    g_auto(WhWishes) wishes = {0};
    WhHostDraft draft;
    if (!account_exists(invocation, wh_invocation_text(invocation, "account")) ||
        !read_draft(invocation, NULL, &wishes, &draft))
        return;
    g_autoptr(GError) error = NULL;
    const char *id = NULL;
    if (!wh_accounts_add_host(wh_invocation_rooms(invocation)->accounts, &draft, &id, &error)) {
        wh_failure_accounts(invocation, error, draft.name);
        return;
    }
    wh_watch_lists_changed(invocation->control->watch);
    wh_invocation_reply(invocation, json_pack("{s:s}", "host", id));
}

/* The host that the call names, or NULL after NotFound was answered. */
static const WhHost *named_host(WhInvocation *invocation)
{
    const char *id = wh_invocation_text(invocation, "host");
    const WhHost *host = wh_accounts_find_host(wh_invocation_rooms(invocation)->accounts, id);
    if (host == NULL)
        wh_failure_not_found(invocation, "host", id);
    return host;
}

void wh_methods_edit_host(WhInvocation *invocation)
{
    const WhHost *host = named_host(invocation);
    g_auto(WhWishes) wishes = {0};
    WhHostDraft draft;
    if (host == NULL || !account_exists(invocation, wh_invocation_text(invocation, "account")) ||
        !read_draft(invocation, host, &wishes, &draft))
        return;
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_strdup(draft.name != NULL ? draft.name : host->name);
    g_autofree char *account = g_strdup(draft.account != NULL ? draft.account : host->account);
    const char *id = wh_invocation_text(invocation, "host");
    if (!wh_accounts_edit_host(wh_invocation_rooms(invocation)->accounts, id, &draft, &error)) {
        wh_failure_accounts(invocation, error, name);
        return;
    }
    wh_watch_host_changed(invocation->control->watch, account, id);
    wh_invocation_reply(invocation, NULL);
}

void wh_methods_remove_host(WhInvocation *invocation)
{
    const WhHost *host = named_host(invocation);
    if (host == NULL)
        return;
    g_autoptr(GError) error = NULL;
    if (!wh_accounts_remove_host(wh_invocation_rooms(invocation)->accounts,
                                 wh_invocation_text(invocation, "host"), &error)) {
        wh_failure_accounts(invocation, error, NULL);
        return;
    }
    wh_watch_lists_changed(invocation->control->watch);
    wh_invocation_reply(invocation, NULL);
}
