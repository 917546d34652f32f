/* The next step with the command that does it. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* What to do about a record of a host of `state`, or NULL. For g_free(). */
char *wh_step_record(json_t *record, json_t *host, json_t *state);

/* A name as a shell takes it for itself: "*.example.org" in quotes. For g_free(). */
char *wh_step_quote(const char *name);

/* What to do about an account, or NULL. */
char *wh_step_account(json_t *account, json_t *service);

/* The command that does what a finding's step says, or NULL. */
char *wh_step_finding(json_t *finding);

/* What helps after a varlink error, or NULL: the sentences of the client name no command. method:
 * what was asked, or NULL. */
char *wh_step_error(const char *method, const char *error_name, json_t *parameters);

G_END_DECLS
