/* One call that is being answered, from its arrival to its last reply. */
#pragma once

#include "service/control/connection.h"
#include "service/control/control.h"
#include "service/protocol/message.h"

G_BEGIN_DECLS

typedef struct WhInvocation WhInvocation;

/* connection NULL: it closed meanwhile, and the answer goes nowhere. control NULL: the service is
 * ending. question: what the system is asked before the call goes on with `admitted`; 0: nothing.
 * dialog: a person may be asked for a password meanwhile. */
struct WhInvocation {
    WhControl *control;
    WhConnection *connection;
    WhCall *call;
    gboolean streaming;
    guint question;
    gboolean dialog;
    void (*admitted)(WhInvocation *invocation);
};

/* Registers with `control`; takes the call over. */
WhInvocation *wh_invocation_new(WhControl *control, WhConnection *connection, WhCall *call);
void wh_invocation_free(WhInvocation *invocation);

/* What the methods work with. Not for use after the method returned. */
const WhControlRooms *wh_invocation_rooms(const WhInvocation *invocation);

/* A parameter, already checked against the interface; NULL when absent or null. */
json_t *wh_invocation_parameter(const WhInvocation *invocation, const char *name);
const char *wh_invocation_text(const WhInvocation *invocation, const char *name);

/* The last reply; both take `parameters` (NULL: none) and free the invocation. */
void wh_invocation_reply(WhInvocation *invocation, json_t *parameters);
void wh_invocation_fail(WhInvocation *invocation, const char *error_name, json_t *parameters);

/* One reply of several; `parameters` is not taken over. */
void wh_invocation_stream(WhInvocation *invocation, json_t *parameters);

G_END_DECLS
