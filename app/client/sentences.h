/* What the service said, in sentences for people, with the next step. Translatable; the one place
 * for every face. Texts are the caller's to g_free(). */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A Record of `Status`: "Up to date", "Waits until 14:32: the provider has trouble", ... One short
 * sentence. */
char *wh_sentence_record(json_t *record, gint64 now);

/* What the user can do about it, in words that name no button or command (see
 * wh_remedy_of_record()) and without a full stop, or NULL when there is nothing to do. */
char *wh_sentence_record_next_step(json_t *record);

/* A Proof: "Proven: 2 of 2 servers agree", "Cannot be proven on this network", ... */
char *wh_sentence_proof(json_t *proof, gint64 now);

/* A Verdict: "203.0.113.9, on this computer's own line", or why it is not known. */
char *wh_sentence_verdict(json_t *verdict);

/* What names point to while this VPN (Vpn) is on: goes on from its name. */
char *wh_sentence_vpn(json_t *vpn);

/* What was decided for a VPN that is on, as a whole sentence; NULL: nothing was, or it is off. */
char *wh_sentence_vpn_choice(json_t *vpn);

/* A Result alone ("The provider refuses the user name or password."). */
char *wh_sentence_result(json_t *result);

/* An Account's halt or missing secrets, or NULL when it is fine. service: the Service, which knows
 * where secrets are and whose; NULL: nothing is known of that. */
char *wh_sentence_account(json_t *account, json_t *service);

/* What the user can do about that, as for a record, or NULL. */
char *wh_sentence_account_next_step(json_t *account, json_t *service);

/* Where a Service keeps secrets now, and what that means; NULL: it does not say. */
char *wh_sentence_secret_place(json_t *service);

/* Who manages the service of the whole computer; NULL: it is a person's own, or from before there
 * were owners. */
char *wh_sentence_owner(json_t *service);

/* Who declared a Host or an Account, and where; NULL: nobody did. */
char *wh_sentence_declared(json_t *declared);

/* Whose address a Host holds and where it is kept, in sentences; NULL: this computer's public one,
 * everywhere. */
char *wh_sentence_host(json_t *host);

/* Why nothing is sent for a Host that nobody paused; NULL: nothing is in the way. */
char *wh_sentence_withheld(json_t *host);

/* What to do about one whose settings or secrets are wrong there. */
char *wh_sentence_declared_step(json_t *declared);

/* That the program that asks may only look; NULL when it may manage. */
char *wh_sentence_caller(json_t *service);

/* A Finding of the doctor, and what to do next. Whole sentences. */
char *wh_sentence_finding(json_t *finding);
char *wh_sentence_finding_next_step(json_t *finding);

/* One line of the history. */
char *wh_sentence_event(json_t *event);

/* A varlink error and its parameters. */
char *wh_sentence_error(const char *error_name, json_t *parameters);

G_END_DECLS
