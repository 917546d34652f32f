/* Deleting folders. Links are deleted and never followed, also when somebody puts one in the way
 * meanwhile: everything is looked at and deleted in a folder that is held open. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* Removes a folder that nothing is in; any other stays. */
void wh_removal_of_empty(const char *path);

/* Deletes what is in a folder that is open with FILE_LIST_DIRECTORY, as far as it goes. path: for
 * sentences. FALSE: the first thing that could not be deleted. */
gboolean wh_removal_of_contents(HANDLE folder, const char *path, GError **error);

/* Deletes a folder with all that is in it. Nothing there is nothing to do. The folders above it
 * have to be those of whoever runs this. */
gboolean wh_removal_of_all(const char *path, GError **error);

G_END_DECLS
