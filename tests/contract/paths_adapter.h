/* How the contract tests of paths.h make things happen. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE: this user gets no runtime folder. Answers whether there can be such users. */
gboolean wh_adapter_set_runtime(gboolean available);
void wh_adapter_add_tests(void);

G_END_DECLS
