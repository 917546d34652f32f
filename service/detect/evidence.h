/* Lists of observations. Private to this room. */
#pragma once

#include "service/detect/observation.h"

G_BEGIN_DECLS

/* An empty list that owns its WhObservation. */
GPtrArray *wh_evidence_new(void);

/* Adds a copy of each of `from`. */
void wh_evidence_append_copies(GPtrArray *to, const GPtrArray *from);

/* Adds copies of `heard`, each in the place of what the same source said before. */
void wh_evidence_merge(GPtrArray *observations, const GPtrArray *heard);

/* Takes out what was said before `oldest`, monotonic. */
void wh_evidence_drop_old(GPtrArray *observations, gint64 oldest);

/* Whether something that was said at `oldest` or later is `address`. */
gboolean wh_evidence_backs(const GPtrArray *observations, const WhAddress *address, gint64 oldest);

G_END_DECLS
