/* Whether who answers at a pipe is who should. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* What is known of who answers. process: 0, not known. owner, user: of the pipe and of the process;
 * NULL: not known. */
typedef struct {
    guint32 process;
    const char *owner;
    const char *user;
} WhServer;

/* What the service manager says of the service. process: 0, it does not run. account: the one that
 * Windows made for it. self: whose is what this process makes. */
typedef struct {
    gboolean is_told;
    guint32 process;
    const char *account;
    const char *self;
} WhServerExpected;

/* `pipe` is the client's end of the one at `address`. FALSE: G_IO_ERROR_PERMISSION_DENIED. */
gboolean wh_server_trust_check(HANDLE pipe, const char *address, GError **error);

/* At the address of the computer's service only that service may answer: it is the process that the
 * manager names, and no pipe of another person's: whoever made one may have ended, and their number
 * be the service's now. Where the manager tells nothing, it is a pipe that the service's account
 * owns, which nobody can pretend. A pipe of the system or of administrators, as that of a service
 * which one of them started by hand, is believed also: whose it is they decide anyway. */
gboolean wh_server_trust_of_computer(const WhServer *server, const WhServerExpected *expected);

/* At any other address, the user of this process (`self`) or the system. */
gboolean wh_server_trust_of_person(const WhServer *server, const char *self);

G_END_DECLS
