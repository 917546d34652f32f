/* Everything together in one sentence, with the next step. Private to the model. */
#pragma once

#include "app/client/link.h"
#include "app/model/status.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What it is told from. service: the Service of the protocol, or NULL; findings: those of the
 * doctor, or NULL. has_address: a public address is known. All borrowed. */
typedef struct {
    WhLinkState link;
    json_t *service;
    json_t *findings;
    gboolean has_address;
    GListModel *hosts;
    GListModel *accounts;
} WhSummaryFacts;

/* The texts are the caller's; next_step, host and account may be NULL. */
typedef struct {
    WhStatus status;
    char *sentence;
    char *next_step;
    WhRemedy remedy;
    char *host;
    char *account;
} WhSummary;

WhSummary wh_summary_tell(const WhSummaryFacts *facts);

G_END_DECLS
