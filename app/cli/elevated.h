/* What only an administrator may type. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* `command` as it is typed on this system, with what else it takes: "sudo COMMAND", or a word on
 * the terminal. For g_free(). */
char *wh_elevated_command(const char *command);

/* "with sudo", or how else: the end of "Run it ...". */
const char *wh_elevated_how(void);

G_END_DECLS
