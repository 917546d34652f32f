/* One entry in the journal's own protocol. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As wh_log_sink_put_fields() says. The caller frees it. */
GString *wh_journal_entry_new(const GLogField *fields, gsize n_fields);

G_END_DECLS
