/* How the contract tests of admin_file.h make things happen. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who may use a file or folder, in the bits of chmod(1): where there are no groups, those of a
 * group are everyone's. FALSE: that cannot be had here. */
gboolean wh_adapter_set_mode(const char *path, guint mode);
void wh_adapter_add_tests(void);

G_END_DECLS
