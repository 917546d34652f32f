/* The strings by which tests pull at the fake notifier: a screen that remembers. */
#pragma once

#include "platform/notifier.h"

G_BEGIN_DECLS

/* Forgets everything; notifiers still alive must be freed before. */
void wh_fake_notifier_reset(void);

/* FALSE: this desktop's messages have no buttons. */
void wh_fake_notifier_set_actions(gboolean supported);

/* The message on the screen, valid until that key is shown or withdrawn again, or NULL. */
const WhNotifierMessage *wh_fake_notifier_message(const char *key);

/* On the screen at present, in the order in which they came: index from 0, NULL behind the last. */
const WhNotifierMessage *wh_fake_notifier_at(guint index);

/* How often something was shown, replacements included. */
guint wh_fake_notifier_times(void);

/* Somebody presses a button, heard with the next turn of the loop. One that the message does not
 * have is not pressed. */
void wh_fake_notifier_act(const char *key, const char *action);

/* Somebody closes the message. */
void wh_fake_notifier_close(const char *key);

G_END_DECLS
