/* Finds in the service's state what a person names. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* The State of Status; a new reference. */
WhExit wh_lookup_state(WhCli *cli, json_t **state);

/* An account by its id or, when only one has it, its label; borrowed from `state`. NULL: told
 * already. */
json_t *wh_lookup_account(json_t *state, const char *account);

/* A host by its name (or id), of one account when `account` is not NULL. NULL: told already. */
json_t *wh_lookup_host(json_t *state, const char *name, const char *account);

/* The Provider of that id; a new reference. */
WhExit wh_lookup_provider(WhCli *cli, const char *id, json_t **provider);

/* A member's text, or "". */
const char *wh_lookup_text(json_t *object, const char *member);

/* The host's account in `state`, borrowed, or NULL. */
json_t *wh_lookup_account_of(json_t *state, json_t *host);

G_END_DECLS
