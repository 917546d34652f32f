/* The tests of the rules, in several files. */
#pragma once

#include "app/notify/rules.h"

G_BEGIN_DECLS

/* "key|title|body", or "nothing"; for g_free(). */
char *rules_told(const WhRulesMessage *message);

/* Adds the tests about troubles. */
void rules_add_troubles(void);

G_END_DECLS
