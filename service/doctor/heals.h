/* How often records were set right because somebody else had changed them. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

typedef struct WhHeals WhHeals;

WhHeals *wh_heals_new(void);
void wh_heals_free(WhHeals *heals);

/* A record was set right at `at` (wall). What is older than a week before that is forgotten. */
void wh_heals_take(WhHeals *heals, const char *host, WhFamily family, gint64 at);

/* How many of them for one record since `since`. */
guint wh_heals_count(WhHeals *heals, const char *host, WhFamily family, gint64 since);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHeals, wh_heals_free)

G_END_DECLS
