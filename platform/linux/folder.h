/* Makes folders with the mode that was asked for, whatever the umask says. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes `path` and the folders above it that are missing, each with `mode`. Folders that exist keep
 * the mode they have. */
gboolean wh_folder_make(const char *path, guint mode, GError **error);

G_END_DECLS
