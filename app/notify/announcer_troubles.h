/* What is wrong, and since when: read from the model each time it changed. Private to the
 * announcer. */
#pragma once

#include "app/model/model.h"
#include "app/notify/rules.h"

G_BEGIN_DECLS

typedef struct WhAnnouncerTroubles WhAnnouncerTroubles;

/* name: what people call the program, for the trouble that is the service itself. */
WhAnnouncerTroubles *wh_announcer_troubles_new(const char *name);
void wh_announcer_troubles_free(WhAnnouncerTroubles *troubles);

/* now: of a clock that stands still while the computer sleeps. */
void wh_announcer_troubles_update(WhAnnouncerTroubles *troubles, WhModel *model, gint64 now);

/* Arrays of WhRulesTrouble, owned by the object and valid until the next update: what is wrong now,
 * and what was told as late and is right again since the last update. */
GArray *wh_announcer_troubles_all(WhAnnouncerTroubles *troubles);
GArray *wh_announcer_troubles_over(WhAnnouncerTroubles *troubles);

/* A message named these. */
void wh_announcer_troubles_tell(WhAnnouncerTroubles *troubles, const char *const *ids);

/* When something that is not told will be due; G_MAXINT64: nothing will. */
gint64 wh_announcer_troubles_next(WhAnnouncerTroubles *troubles, gint64 now);

G_END_DECLS
