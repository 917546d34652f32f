/* The name and the access list of a listening pipe. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* How much may wait in a pipe, each way. */
#define WH_DOOR_BUFFER (64 * 1024)

/* Everybody who works at this computer may talk, and only the system, administrators and the user
 * of this process may listen: not even the right to add data is given, because it is the same bit
 * as that to make a further instance of the pipe. Nobody from another computer gets this far; those
 * who are signed in over the network (SSH) are at this one, though their token looks the same.
 * "{own}" as in access.h. Documentation: Named Pipe Security and Access Rights;
 * PIPE_REJECT_REMOTE_CLIENTS. */
#define WH_DOOR_EVERYONE "D:P(D;;FA;;;AN)(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;{own})(A;;0x12019b;;;AU)"

/* The user of this process, at this computer. */
#define WH_DOOR_OWN "D:P(D;;FA;;;AN)(A;;FA;;;{own})"

/* The name of a pipe of this computer ("\\.\pipe\wayhome"), for g_free(). NULL for anything else:
 * G_IO_ERROR_INVALID_ARGUMENT. A name of another computer ("\\host\pipe\wayhome") is one. */
wchar_t *wh_door_name(const char *address, GError **error);

/* Makes the first instance of the pipe, for overlapped use, that programs started later do not
 * inherit. `sddl` is one of the above. Another process of this user or of the computer listens
 * there: G_IO_ERROR_ADDRESS_IN_USE. Somebody who is not trusted keeps the name:
 * G_IO_ERROR_PERMISSION_DENIED. A name that nobody listens at, but that clients of one who is gone
 * still hold, is taken over.
 * Documentation: CreateNamedPipe, FILE_FLAG_FIRST_PIPE_INSTANCE. */
HANDLE wh_door_open(const char *address, const char *sddl, GError **error);

/* Makes a further one. */
HANDLE wh_door_open_again(const char *address, const char *sddl, GError **error);

G_END_DECLS
