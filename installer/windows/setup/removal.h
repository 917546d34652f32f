/* Deleting folders. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Removes a folder that nothing is in; any other stays. */
void wh_removal_of_empty(const char *path);

/* Deletes a folder with all that is in it, as far as it goes. Links are deleted and never followed.
 * Nothing there is nothing to do; FALSE: the first thing that could not be deleted. */
gboolean wh_removal_of_all(const char *path, GError **error);

G_END_DECLS
