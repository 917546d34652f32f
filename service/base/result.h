/* What came of an update, in the classes that decide what may happen next. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The order is that of the words in wh_result_class_name(); nothing stores the numbers. */
typedef enum {
    WH_RESULT_CHANGED,   /* the record now holds the address that was sent */
    WH_RESULT_SAME,      /* it held that address before */
    WH_RESULT_AUTH,      /* credentials refused */
    WH_RESULT_HOST,      /* name unknown, not owned, inactive, outside the zone */
    WH_RESULT_PAID,      /* the account type does not include it */
    WH_RESULT_AGENT,     /* the provider refuses this program */
    WH_RESULT_ABUSE,     /* blocked for abuse */
    WH_RESULT_BADREQ,    /* malformed or unsupported request */
    WH_RESULT_BADIP,     /* this address is refused */
    WH_RESULT_RATE,      /* too many or too early */
    WH_RESULT_SERVER,    /* trouble at the provider */
    WH_RESULT_FAIL,      /* an answer nobody understands */
    WH_RESULT_NO_ANSWER, /* the provider was not reached or stayed silent */
    WH_RESULT_CLOCK,     /* refused because this computer's clock is wrong */
} WhResultClass;

#define WH_N_RESULT_CLASSES (WH_RESULT_CLOCK + 1)

/* The word used in definitions, in the store and over the control socket: "CHANGED", ... */
const char *wh_result_class_name(WhResultClass result);

/* FALSE, with *result untouched, when `name` is no such word. */
gboolean wh_result_class_parse(const char *name, WhResultClass *result);

/* CHANGED or SAME. */
gboolean wh_result_class_is_success(WhResultClass result);

/* Why a request ended as it did: the class, and the provider's own words with every secret taken
 * out. retry_after is what the provider asked for, in microseconds; 0: it did not say. */
typedef struct {
    WhResultClass result;
    char *detail;
    gint64 retry_after;
} WhOutcome;

WhOutcome *wh_outcome_new(WhResultClass result, const char *detail);
WhOutcome *wh_outcome_copy(const WhOutcome *outcome);
void wh_outcome_free(WhOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOutcome, wh_outcome_free)

G_END_DECLS
