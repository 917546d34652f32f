/* How the contract tests of permission.h make things happen. */
#pragma once

#include "platform/permission.h"

G_BEGIN_DECLS

/* Brings up, or takes away, who answers. FALSE: cannot be had here. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);

/* Somebody who knocks, whose process runs. */
void wh_adapter_peer(WhPeer *peer);

/* The administrator's answers, FALSE: nobody can answer so here; what a challenge becomes when a
 * person may be asked; whether the peer has a session. Ask for the peer again afterwards. */
gboolean wh_adapter_set_answer(WhPermissionAction action, WhPermissionAnswer answer);
void wh_adapter_set_password(WhPermissionAnswer answer);
void wh_adapter_set_session(gboolean signed_in);

/* Whether nothing is granted to somebody whose process is not known. */
gboolean wh_adapter_needs_process(void);

/* TRUE: nothing is answered before this is taken back. FALSE: answers cannot be held back here. */
gboolean wh_adapter_set_silent(gboolean silent);

/* Questions that who answers has got, and those that still wait there. */
guint wh_adapter_asked(void);
guint wh_adapter_waiting(void);

/* Takes away everybody who could answer. FALSE: there always is somebody here. */
gboolean wh_adapter_nobody(void);
void wh_adapter_add_tests(void);

G_END_DECLS
