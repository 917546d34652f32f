/* What the service said, as objects with properties: the one thing that faces read.
 *
 * The model owns the link. It never invents: while the service is away it keeps the last state, and
 * says so. */
#pragma once

#include "app/client/link.h"
#include "app/model/account_item.h"
#include "app/model/event_item.h"
#include "app/model/host_item.h"
#include "app/model/provider_item.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define WH_TYPE_MODEL (wh_model_get_type())
/* Properties, all read-only, with notify: "ready" (gboolean: the service's state has arrived and
 * the link stands), "status" (WhStatus, of everything together), "summary" (one sentence: "2 names
 * are right", "The service does not run"), "next-step" (text or NULL), "remedy" (WhRemedy),
 * "paused" (gboolean: everything), "ipv4" and "ipv6" (the public addresses, "" when unknown),
 * "ipv4-sentence" and "ipv6-sentence" (where they come from, or why they are unknown). Signals:
 * "event" (WhEventItem *item): something happened now; "changed": after any of the above or of the
 * lists' items changed, once a message. */
G_DECLARE_FINAL_TYPE(WhModel, wh_model, WH, MODEL, GObject)

/* Takes a reference to `link` and starts it. */
WhModel *wh_model_new(WhLink *link);

/* For requests. Borrowed. */
WhLink *wh_model_link(WhModel *model);

/* The properties. Texts are borrowed until the next change. */
gboolean wh_model_is_ready(WhModel *model);
WhStatus wh_model_status(WhModel *model);
const char *wh_model_summary(WhModel *model);
const char *wh_model_next_step(WhModel *model);
WhRemedy wh_model_remedy(WhModel *model);
gboolean wh_model_is_paused(WhModel *model);

/* Which host and account the next step and remedy are about: their ids, or NULL when they are about
 * everything. */
const char *wh_model_remedy_host(WhModel *model);
const char *wh_model_remedy_account(WhModel *model);

/* In the service's order. An item keeps its identity for as long as the service has its id. */
GListModel *wh_model_hosts(WhModel *model);     /* of WhHostItem */
GListModel *wh_model_accounts(WhModel *model);  /* of WhAccountItem */
GListModel *wh_model_providers(WhModel *model); /* of WhProviderItem, by name */

/* The providers are asked for with every connection; when that failed, again. For whoever is about
 * to show them. */
void wh_model_want_providers(WhModel *model);

/* Borrowed, or NULL. */
WhHostItem *wh_model_find_host(WhModel *model, const char *id);
WhAccountItem *wh_model_find_account(WhModel *model, const char *id);
WhProviderItem *wh_model_find_provider(WhModel *model, const char *id);

/* "system" or "user", "" before the service answered. */
const char *wh_model_scope(WhModel *model);

/* What this person may do there, and whether they would have to become its owner first. */
WhCaller wh_model_caller(WhModel *model);
gboolean wh_model_must_claim(WhModel *model);

/* FALSE: they may only look here, and no question for a password changes that. */
gboolean wh_model_may_change(WhModel *model);

/* Who takes care of the service of the whole computer, "" for nobody; and that as a sentence, the
 * caller's, or NULL for a person's own service. */
const char *wh_model_owner(WhModel *model);
char *wh_model_owner_sentence(WhModel *model);

/* Whether a copy of secrets is kept for the time when nobody is signed in. */
typedef enum {
    WH_UNATTENDED_NONE, /* not of this service: a person's own, or an older one */
    WH_UNATTENDED_OFF,
    WH_UNATTENDED_ON,
} WhUnattended;
WhUnattended wh_model_unattended(WhModel *model);

/* Where secrets are now, and what that means; the caller's, or NULL. */
char *wh_model_secret_place(WhModel *model);

/* Where the service keeps secrets, in the protocol's words and "" while it does not say: kept_in
 * ("keyring", "sealed", "file", "memory"), the keyring's state ("unused", "looking", "absent",
 * "locked", "open"), and who writes into it ("service", "client"). They change with "changed". */
const char *wh_model_secrets_kept_in(WhModel *model);
const char *wh_model_keyring_state(WhModel *model);
const char *wh_model_keyring_writer(WhModel *model);

/* What is wrong with the service itself: how many things, and of each the protocol's word for it
 * (borrowed), a sentence, and what to do about it (the caller's; the last may be NULL). */
guint wh_model_n_notices(WhModel *model);
const char *wh_model_notice(WhModel *model, guint index);
char *wh_model_notice_sentence(WhModel *model, guint index);
char *wh_model_notice_next_step(WhModel *model, guint index);

/* What the doctor found, and what only the session of this person knows; what matters most comes
 * first. How many things, and of each the protocol's word for it (borrowed), a sentence and what to
 * do next (the caller's). */
guint wh_model_n_findings(WhModel *model);
const char *wh_model_finding(WhModel *model, guint index);
char *wh_model_finding_sentence(WhModel *model, guint index);
char *wh_model_finding_next_step(WhModel *model, guint index);

/* TRUE: good to know, and everything works. */
gboolean wh_model_finding_is_note(WhModel *model, guint index);

/* One of the values that it tells of, borrowed; "" when it has none of that name. */
const char *wh_model_finding_value(WhModel *model, guint index, const char *name);

/* What was decided for VPNs that are on: for how many, and of each its name (borrowed) and a
 * sentence (the caller's). */
guint wh_model_n_vpn_choices(WhModel *model);
const char *wh_model_vpn_choice(WhModel *model, guint index);
char *wh_model_vpn_choice_sentence(WhModel *model, guint index);

/* FALSE: it need not be said but where secrets are spoken of. */
gboolean wh_model_notice_is_pressing(WhModel *model, guint index);

/* Sentences with a time in them are made anew, and what only the session knows is looked at again;
 * call now and then while a window is open. */
void wh_model_refresh(WhModel *model);

G_END_DECLS
