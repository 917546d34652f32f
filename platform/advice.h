/* How people of this system do what takes an administrator: what sentences of the rooms above say
 * next. Commands are typed as they are and are not translated. */
#pragma once

#include "platform/paths.h"

G_BEGIN_DECLS

typedef enum {
    WH_ADVICE_START,   /* start the service */
    WH_ADVICE_RESTART, /* end it and start it again */
} WhAdviceCommand;

/* The command for the service of `scope`. NULL: there is none, and the program itself is started
 * and ended by hand. */
const char *wh_advice_command(WhAdviceCommand command, WhPathsScope scope);

/* Whether a command is put behind "sudo". FALSE: it is typed in a terminal that was opened as an
 * administrator. */
gboolean wh_advice_has_sudo(void);

/* Whether the system can ask a person for an administrator's password while a program runs, so that
 * wh_permission_ask() may say yes to somebody who is none. */
gboolean wh_advice_asks_for_password(void);

/* What follows where nothing seals, and what would: an ending of "This system has nothing that
 * seals passwords and tokens". */
const char *wh_advice_sealing_needs(void);

/* What starts a stuck sealing anew; NULL: there is nothing that one could do. */
const char *wh_advice_sealing_command(void);

/* How a secret of this name is handed over by the service manager, as sentences for g_free(). */
char *wh_advice_credential(const char *name, const char *folder, WhPathsScope scope);

/* How there comes to be a keyring, as a sentence with a space behind it; empty: the system has one
 * or nothing helps. */
const char *wh_advice_keyring(void);

G_END_DECLS
