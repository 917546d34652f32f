/* Calls of the service for commands: connects when needed, tells failures, knows the exit codes. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* Reads the command line, runs the command, and returns the exit code. */
int wh_cli_run(int argc, char **argv);

/* The connection; NULL: *exit_code, and it is told already. */
WhClient *wh_cli_client(WhCli *cli, WhExit *exit_code);

/* Calls and waits. On success *result (a new reference; may be NULL when nobody wants it).
 * Otherwise the failure is told already. */
WhExit wh_cli_call(WhCli *cli, const char *method, json_t *parameters, json_t **result);

/* The same for what changes something. At a terminal the system may ask for a password meanwhile.
 * Not changed: `parameters` (NULL: none). */
WhExit wh_cli_act(WhCli *cli, const char *method, json_t *parameters, json_t **result);

/* Before the first setting up: where nobody manages the service of the whole computer yet, makes
 * the person who asks the one who does, and says so. */
WhExit wh_cli_claim_first(WhCli *cli);

/* As wh_cli_act() for whole commands: with --json prints the answer, else `done` (NULL: nothing).
 */
WhExit wh_cli_change(WhCli *cli, const char *method, json_t *parameters, const char *done);

/* The Service, borrowed; NULL: it is not known. */
json_t *wh_cli_service(WhCli *cli);

/* Tells a failure of the client, and what exit code it has. method: what was asked, or NULL. */
WhExit wh_cli_failed(const char *method, const GError *error, const char *error_name,
                     json_t *parameters);

G_END_DECLS
