/* Keeps one thing that happens again and again from filling the log. */
#pragma once

#include "service/base/log.h"

G_BEGIN_DECLS

typedef struct WhLineGate WhLineGate;

WhLineGate *wh_line_gate_new(void);
void wh_line_gate_free(WhLineGate *gate);

/* Whether a line may be written: ten lines of one kind about the same host and family (or the same
 * account, notice or principal) at once, then one in ten minutes. *left_out: how many like it were
 * kept back since the last one that was let through. `now`: monotonic. */
gboolean wh_line_gate_lets(WhLineGate *gate, const WhLine *line, gint64 now, guint *left_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLineGate, wh_line_gate_free)

G_END_DECLS
