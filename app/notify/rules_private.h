/* What the files of the rules share. */
#pragma once

#include "app/notify/rules.h"

G_BEGIN_DECLS

/* Takes title and body over. */
WhRulesMessage *wh_rules_message_new(const char *key, char *title, char *body, WhStatus status,
                                     WhNotifierUrgency urgency);

G_END_DECLS
