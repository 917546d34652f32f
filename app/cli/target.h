/* Commands that act on one name, or on everything when none is given. */
#pragma once

#include "app/cli/command.h"

G_BEGIN_DECLS

/* Parameters for the host called `name` (NULL: none; then there is no account either), a new
 * reference. NULL: *exit_code, and it is told already. */
json_t *wh_target_parameters(WhCli *cli, const WhCommand *command, const char *name,
                             const char *account, WhExit *exit_code);

G_END_DECLS
