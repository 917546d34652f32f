/* Asking for an administrator's password at a terminal, where nothing else on the screen does. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhPasswordAgent WhPasswordAgent;

/* Starts what asks on the program's terminal when the system wants a password for something that
 * this process asked for; returns when it is ready. Where the person's session has something that
 * asks already, that asks. Errors: G_IO_ERROR_NOT_SUPPORTED there is none on this system; anything
 * else: it does not work. Linux: pkttyagent(1), whose options --process, --notify-fd and --fallback
 * are as in polkit 0.105 and later. */
WhPasswordAgent *wh_password_agent_new(GError **error);

/* Ends it, and gives the terminal back as it was. Accepts NULL. */
void wh_password_agent_free(WhPasswordAgent *agent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhPasswordAgent, wh_password_agent_free)

G_END_DECLS
