/* What is wrong with the service itself: a code for programs and a sentence for people each. */
#pragma once

#include "service/wiring/chronicle.h"

G_BEGIN_DECLS

typedef struct WhNotices WhNotices;

/* `chronicle` must outlive it; NULL: lines are written at once. */
WhNotices *wh_notices_new(WhChronicle *chronicle);
void wh_notices_free(WhNotices *notices);

/* Adds `code`, or gives it another sentence; also goes to the log, as does its end. NULL in
 * `detail` takes the code out. FALSE: nothing is another than before. */
gboolean wh_notices_set(WhNotices *notices, const char *code, const char *detail);

/* Parallel NULL-terminated arrays, owned by `notices` and valid until the next wh_notices_set(). */
const char *const *wh_notices_codes(WhNotices *notices);
const char *const *wh_notices_details(WhNotices *notices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNotices, wh_notices_free)

G_END_DECLS
