/* When a way out that is of use again is a reason to look at everything again. Pure.
 *
 * No event tells that somebody signed in at a hotel's page, or that a dead line came back to life.
 * The probes do; but a provider that is down while the line is fine must not be asked more often
 * than its own waits say. */
#pragma once

#include "service/doctor/facts.h"

G_BEGIN_DECLS

/* All zero: nothing was seen yet. blocked: no probe got through when last asked. acted: the way was
 * found free although those outside were asked in vain, and that was said once. */
typedef struct {
    gboolean blocked;
    gboolean acted;
} WhReopening;

/* What those outside say of the public address. */
typedef enum {
    WH_REOPENING_SETTLED, /* nothing is wanted of them, or they agree */
    WH_REOPENING_ASKING,
    WH_REOPENING_IN_VAIN,
} WhReopeningLine;

/* Takes what is seen now; TRUE: everything should look again, now. */
gboolean wh_reopening_take(WhReopening *way, WhFactsWeb web, WhReopeningLine line);

G_END_DECLS
