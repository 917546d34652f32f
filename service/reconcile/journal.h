/* Where the record keeper writes down what it must not forget. The store implements it. */
#pragma once

#include "service/base/event.h"
#include "service/reconcile/state.h"

G_BEGIN_DECLS

/* Everything between begin and commit is kept whole or not at all. commit(flush FALSE): safe
 * against the end of this process. commit(flush TRUE): soon safe against a power cut as well,
 * without waiting for the disk here. FALSE: it could not be written; the keeper goes on and says
 * so. put_event sets event->id. */
typedef struct WhJournal WhJournal;
struct WhJournal {
    void (*begin)(WhJournal *journal);
    void (*put_record)(WhJournal *journal, const char *host, WhFamily family,
                       const WhRecordState *state);
    void (*put_host)(WhJournal *journal, const char *host, const WhHostState *state);
    void (*put_account)(WhJournal *journal, const char *account, const WhHalt *halt);
    void (*put_provider)(WhJournal *journal, const char *provider, const WhHalt *halt);
    void (*put_event)(WhJournal *journal, WhEvent *event);
    gboolean (*commit)(WhJournal *journal, gboolean flush);
};

G_END_DECLS
