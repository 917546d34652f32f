/* An errand: one update while its engine carries it, with copies of all it needs.
 *
 * An engine splits an errand into parts (a request, a message). Outcomes of several parts for one
 * item are joined; when the last part ends the errand reports and is gone. */
#pragma once

#include "service/providers/providers.h"

G_BEGIN_DECLS

typedef struct {
    WhClock *clock;
    WhHttp *http;
    WhDnsClient *dns;
    WhResolver *resolver;
} WhEngineNet;

typedef struct WhErrand WhErrand;

/* secrets: name to WhSecret; secret_list: the same, for wh_redact(). finished: called once, when no
 * part is left; it must free the errand. */
struct WhErrand {
    const WhEngineNet *net;
    const WhDefinition *definition;
    WhAccount *account;
    WhUpdateItem *items;
    gsize n_items;
    GHashTable *secrets;
    GPtrArray *secret_list;
    WhOutcome **outcomes;
    gint64 sent;
    gint64 answered;
    GPtrArray *parts;
    void (*finished)(WhErrand *errand, gpointer data);
    gpointer finished_data;
};

/* Copies account and hosts, references the secrets. */
WhErrand *wh_errand_new(const WhEngineNet *net, const WhDefinition *definition,
                        const WhUpdate *update, GHashTable *secrets);
void wh_errand_free(WhErrand *errand);

/* Joins a part's outcome for one item with what others said: the gravest failure wins, then
 * CHANGED. `detail` is shown to the user: secrets are taken out here, and it is cut at 200 bytes.
 */
void wh_errand_set(WhErrand *errand, gsize item, WhResultClass result, const char *detail,
                   gint64 retry_after);

/* Wall times of one part: the first `sent` and the last `answered` count; 0 is ignored. */
void wh_errand_stamp(WhErrand *errand, gint64 sent, gint64 answered);

/* A part is the engine's own; the last wh_errand_end_part() finishes the errand, which is gone
 * then. */
void wh_errand_add_part(WhErrand *errand, gpointer part);
void wh_errand_end_part(WhErrand *errand, gpointer part);

/* Calls `done` with what came of it. An item that no part answered for has failed. */
void wh_errand_report(WhErrand *errand, WhUpdateDone done, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhErrand, wh_errand_free)

G_END_DECLS
