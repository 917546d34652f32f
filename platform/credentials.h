/* Secrets that the service manager hands to this service alone: systemd's credentials
 * (systemd.exec(5), LoadCredential=). They stay what they were when the service was started. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes of the credential, with a NUL behind them that is not in `length`; at most 64 KiB, for
 * wh_admin_file_wipe(). G_IO_ERROR_NOT_FOUND: the manager handed over none of that name;
 * G_IO_ERROR_INVALID_ARGUMENT: there can be none of that name. */
char *wh_credentials_read(const char *name, gsize *length, GError **error);

/* Whether where it comes from was changed since the service was started, as far as that can be
 * seen: looks for a file of that name in `folder` and in the system's own folders for them. */
gboolean wh_credentials_is_outdated(const char *name, const char *folder);

G_END_DECLS
