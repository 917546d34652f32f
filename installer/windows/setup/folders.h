/* The folders of the service of the whole computer, in the system's folder for what programs keep.
 */
#pragma once

#include "installer/windows/setup/setup.h"

G_BEGIN_DECLS

/* Everybody may look into the folder and that of the administrator's files; what the service keeps
 * is for it, the system and administrators. What somebody else made beforehand is moved aside, and
 * said. */
gboolean wh_folders_make(const WhSetup *setup, GError **error);

/* Those that nothing is in. Here and below: a folder that is not ours alone is an error, and left
 * as it is. */
gboolean wh_folders_remove_empty(const WhSetup *setup, GError **error);

/* All of it, with the administrator's files. */
gboolean wh_folders_purge(const WhSetup *setup, GError **error);

G_END_DECLS
