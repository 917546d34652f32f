/* What is wrong with the service itself, in sentences. Private to the model. */
#pragma once

#include "app/model/status.h"

G_BEGIN_DECLS

/* One thing that is wrong with the service, and what to do about it (may be NULL); the caller's. */
char *wh_summary_notice(json_t *service, guint index);
char *wh_summary_notice_step(json_t *service, guint index);

/* The first that needs a person; how many there are: none does. */
guint wh_summary_notice_first(json_t *service);

/* What to do about this one alone, or NULL; borrowed. */
const char *wh_summary_notice_own_step(json_t *service, guint index);

/* What to do for the place where secrets are kept, or NULL; borrowed. */
const char *wh_summary_notice_secrets_step(WhRemedy remedy);

G_END_DECLS
