/* What the mode of a file says here: in linux/ and windows/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the mode that g_stat() gave has some of the forbidden bits. FALSE where modes say nothing
 * about others. */
gboolean wh_fake_mode_has(guint mode, guint forbidden);

G_END_DECLS
