/* How the contract tests of notifier.h look at the screen, and make things happen there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Brings up a desktop, with or without buttons in its messages. FALSE: cannot be had here. */
gboolean wh_adapter_begin(gboolean actions);

/* Whether this kind of desktop shows one message at a time, the others waiting, and has no buttons
 * at all: only the message's own click. */
gboolean wh_adapter_is_plain(void);
void wh_adapter_end(void);

/* What is on the screen now, one line a message, for g_free(): "title: body [label, label]". */
char *wh_adapter_screen(void);

/* Presses a button of the message with this title. */
void wh_adapter_press(const char *title, const char *action);

/* The person closes the message with this title. */
void wh_adapter_dismiss(const char *title);

/* Returns when what was pressed has come as far as the notifier's own context. */
void wh_adapter_until_pressed(void);
void wh_adapter_add_tests(void);

/* After the last test. */
void wh_adapter_end_all(void);

G_END_DECLS
