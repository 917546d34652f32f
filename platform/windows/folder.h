/* Folders that nobody could put in our way.
 *
 * The last component of a path is never followed when it is a link (reparse point). A folder that
 * is held open by one of these can be neither renamed nor removed. Handles are for CloseHandle();
 * an error is told by NULL. Sentences are for people, and name the path. */
#pragma once

#include "platform/windows/access.h"

G_BEGIN_DECLS

/* Opens `path`, made with the access rights of `sddl` (see wh_access_descriptor()) when missing, as
 * are the folders above it. What exists keeps its rights. G_IO_ERROR_PERMISSION_DENIED: it is a
 * link. */
HANDLE wh_folder_make(const char *path, const char *sddl, GError **error);

/* Opens `path` if it is a folder with a trusted owner that keeps the demands (WhAccessDemand) of
 * wh_access_judge(); otherwise G_IO_ERROR_PERMISSION_DENIED with what to do, also when it cannot be
 * seen. G_IO_ERROR_NOT_FOUND: there is nothing. */
HANDLE wh_folder_open(const char *path, const WhTrust *trust, guint demands, GError **error);

/* Makes `path` a folder with exactly the rights of `sddl`, and opens it. The folder above it must
 * exist and be sound, or at least let nobody else rename what is in it. What is there and is a
 * link, or a file, or belongs to somebody who is not trusted, is renamed in place
 * ("Wayhome.moved-DATE-RANDOM"; the new path in *aside, for g_free(), otherwise NULL there; aside
 * may be NULL) and never entered. A trusted one's folder stays, with its rights set; what is inside
 * keeps what it has. */
HANDLE wh_folder_secure(const char *path, const char *sddl, const WhTrust *trust, char **aside,
                        GError **error);

/* Sets `error` to what is wrong with `path` and how to mend it; wh_access_judge() says whose. */
void wh_folder_refuse(GError **error, const char *path, WhAccessVerdict verdict, const char *who);

G_END_DECLS
