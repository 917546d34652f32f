/* Whether a program of the desktop starts when this person signs in. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* id: the application id. Linux: the desktop entry ID.desktop in the autostart folders
 * (freedesktop.org Desktop Application Autostart Specification); one that is hidden, not there, or
 * that a desktop would not start is FALSE. Windows: the value named as the last part of the id
 * below Software\Microsoft\Windows\CurrentVersion\Run, of the computer or of the person, unless it
 * was switched off as the Task Manager does (Explorer\StartupApproved\Run). */
gboolean wh_autostart_is_enabled(const char *id);

/* Whether this person said no, and the system may not have heard of it: Windows does not say
 * whether a program that starts for everybody is started all the same. Always FALSE elsewhere. */
gboolean wh_autostart_is_refused(const char *id);

/* Switches it on or off for this person alone. name: what people call the program; program (a path
 * or a name that the system finds) and argument: what is started when no entry of the system says
 * so. What else a person's own entry holds is kept, and so is a link that it is; what it lacks is
 * filled in from the system's.
 * G_IO_ERROR: it could not be written; G_KEY_FILE_ERROR: an entry that is there cannot be read, and
 * was left as it is. */
gboolean wh_autostart_set_enabled(const char *id, const char *name, const char *program,
                                  const char *argument, gboolean enabled, GError **error);

G_END_DECLS
