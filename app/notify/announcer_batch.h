/* Changes of the same moment, and the addresses that names had before. Private to the announcer. */
#pragma once

#include "app/client/link.h"
#include "app/model/model.h"
#include "app/notify/rules.h"

G_BEGIN_DECLS

typedef struct WhAnnouncerBatch WhAnnouncerBatch;

WhAnnouncerBatch *wh_announcer_batch_new(void);
void wh_announcer_batch_free(WhAnnouncerBatch *batch);

/* Takes the model's addresses as those from before, where none is known. */
void wh_announcer_batch_learn(WhAnnouncerBatch *batch, WhModel *model);

/* Keeps an event that says a change; FALSE: it says something else, and is ignored. */
gboolean wh_announcer_batch_add(WhAnnouncerBatch *batch, WhEventItem *item);

/* What was added since the last time becomes what is told: alone, or with what was told before. Of
 * several changes of a record the last one counts. Its addresses are then those from before. */
void wh_announcer_batch_take(WhAnnouncerBatch *batch, WhModel *model, gboolean joins);

/* An array of WhRulesChange of what is told, for g_array_unref(). Its texts are valid until the
 * next wh_announcer_batch_take(). */
GArray *wh_announcer_batch_told(WhAnnouncerBatch *batch);

/* Takes over which of it is proven meanwhile; FALSE: nothing more than before. */
gboolean wh_announcer_batch_prove(WhAnnouncerBatch *batch, WhModel *model);

/* Whether a record is on its way to its provider. */
gboolean wh_announcer_batch_is_updating(WhModel *model);

/* The same in the words of the rules, valid as long as the item. */
WhRulesEvent wh_announcer_batch_event(WhEventItem *item);

/* The answer to wh_requests_history() as WhEventItem, newest first; NULL with `error`. */
GPtrArray *wh_announcer_batch_finish_history(WhLink *link, GAsyncResult *result, GError **error);

G_END_DECLS
