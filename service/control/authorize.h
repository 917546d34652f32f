/* Who may do what: default deny, in one file. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

typedef enum {
    WH_PERMIT_NOTHING,
    WH_PERMIT_OBSERVE,
    WH_PERMIT_MANAGE,
} WhPermit;

/* What `peer` may do: root and the user the service runs as may manage; everybody else, and whoever
 * is not known, nothing. */
WhPermit wh_authorize_peer(const WhPeer *peer);

/* Whether `permit` covers the fully qualified method; an unknown method is covered by nothing. */
gboolean wh_authorize_method(WhPermit permit, const char *method);

G_END_DECLS
