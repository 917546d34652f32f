/* What each kind of caller is shown of an answer.
 *
 * The answers are made once, for those who manage; what observers are shown of them is listed
 * member by member, and whatever is not listed is not shown. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

typedef enum {
    WH_RENDITION_OBSERVER,
    WH_RENDITION_MANAGER,
    WH_RENDITION_OWNER,
} WhRendition;

#define WH_N_RENDITIONS (WH_RENDITION_OWNER + 1)

/* Which one the other end of a connection is shown now. */
WhRendition wh_rendition_for(const WhControlRooms *rooms, const WhPeer *peer);

/* The answer (of Status, Watch, Diagnose or History) as it is shown to them, with Service.caller
 * where the service is in it; `answer` stays as it is. Returns a new reference. */
json_t *wh_rendition_make(json_t *answer, WhRendition rendition);

/* wh_invocation_reply() with the rendition for who called; takes `answer`. */
void wh_rendition_reply(WhInvocation *invocation, json_t *answer);

G_END_DECLS
