/* What the system says about somebody who knocks at the door: do they have a session here, and does
 * the administrator let them do what is not theirs by right.
 *
 * Everything is asynchronous; callbacks come in the main context, never before the function that
 * was given them returned. What cannot be asked (no bus, nobody who answers) is a no. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

typedef struct WhPermission WhPermission;

typedef enum {
    WH_PERMISSION_MANAGE, /* change what another person owns */
    WH_PERMISSION_CLAIM,  /* become the owner of what nobody owns */
} WhPermissionAction;

typedef enum {
    WH_PERMISSION_NO,
    WH_PERMISSION_YES,
    WH_PERMISSION_CHALLENGE, /* with a password, which nobody may be asked for now */
} WhPermissionAnswer;

typedef void (*WhPermissionDone)(WhPermissionAnswer answer, gpointer data);

WhPermission *wh_permission_new(void);

/* Questions under way are not answered any more. */
void wh_permission_free(WhPermission *permission);

/* Asks for `peer` (as it was when it knocked; its process must still be the same one) to do
 * `action`. interactive: a person is there, and may be asked for a password; the answer then comes
 * when they gave one. Returns a number for wh_permission_cancel(). Linux: polkit's
 * CheckAuthorization with a unix-process subject; actions org.wayhome.manage and org.wayhome.claim.
 */
guint wh_permission_ask(WhPermission *permission, const WhPeer *peer, WhPermissionAction action,
                        gboolean interactive, WhPermissionDone done, gpointer data);

/* Whether the peer's user has a login session of their own (no service, no login screen): YES or
 * NO. Linux: logind. */
guint wh_permission_ask_session(WhPermission *permission, const WhPeer *peer, WhPermissionDone done,
                                gpointer data);

/* Its answer is not wanted any more; a password dialog on the screen goes away. */
void wh_permission_cancel(WhPermission *permission, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhPermission, wh_permission_free)

G_END_DECLS
