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

/* The same for commands that change something: with --json prints the answer, else `done` (NULL:
 * nothing). */
WhExit wh_cli_change(WhCli *cli, const char *method, json_t *parameters, const char *done);

/* Tells a failure of the client, and what exit code it has. */
WhExit wh_cli_failed(const GError *error, const char *error_name, json_t *parameters);

G_END_DECLS
