/* One update on its way to a provider: some hosts of one account, and what came of each. */
#pragma once

#include "service/base/account.h"
#include "service/base/host.h"
#include "service/base/result.h"

G_BEGIN_DECLS

/* has[family]: address[family] is to be published. A family without it is to be left as it is. */
typedef struct {
    const WhHost *host;
    gboolean has[WH_N_FAMILIES];
    WhAddress address[WH_N_FAMILIES];
} WhUpdateItem;

typedef struct {
    const WhAccount *account;
    const WhUpdateItem *items;
    gsize n_items;
} WhUpdate;

/* outcomes[i] belongs to items[i]. Wall times in microseconds; 0 when nothing left or came. */
typedef struct {
    const WhOutcome *const *outcomes;
    gsize n_outcomes;
    gint64 sent;
    gint64 answered;
} WhUpdateReport;

/* Called exactly once for an update; the report is valid during the call. */
typedef void (*WhUpdateDone)(const WhUpdateReport *report, gpointer data);

G_END_DECLS
