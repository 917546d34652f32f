/* Who may do what: default deny, in one file. */
#pragma once

#include "platform/local_socket.h"

G_BEGIN_DECLS

/* What a method needs. */
typedef enum {
    WH_LEVEL_NOTHING, /* for whoever can connect */
    WH_LEVEL_PERSON,  /* for every person of this computer */
    WH_LEVEL_OBSERVE,
    WH_LEVEL_MANAGE,
    WH_LEVEL_CLAIM,
    WH_LEVEL_ROOT,
} WhLevel;

#define WH_N_LEVELS (WH_LEVEL_ROOT + 1)

/* What somebody is by right, before anybody is asked. */
typedef enum {
    WH_STANDING_NOBODY,   /* not known, or none of whose business a person's own service is */
    WH_STANDING_STRANGER, /* an account that is no person's, at the service of the whole computer */
    WH_STANDING_PERSON,   /* a person, there */
    WH_STANDING_OWNER,    /* the person who owns it */
    WH_STANDING_SELF,     /* the person whose own service this is */
    WH_STANDING_ROOT,
} WhStanding;

#define WH_N_STANDINGS (WH_STANDING_ROOT + 1)

typedef enum {
    WH_DECISION_NO,
    WH_DECISION_YES,
    WH_DECISION_ASK_SESSION, /* yes for who has a login session */
    WH_DECISION_ASK_MANAGE,  /* as the administrator says about managing */
    WH_DECISION_ASK_CLAIM,   /* as the administrator says about claiming */
} WhDecision;

/* owner: the principal of the owner, NULL: nobody. */
WhStanding wh_authorize_standing(const WhPeer *peer, const char *owner, gboolean system_scope);

/* Whether somebody of this standing may do what needs `level`. owned: there is an owner. */
WhDecision wh_authorize_decide(WhStanding standing, gboolean owned, WhLevel level);

/* The same for a fully qualified method. One that is not in the table is for nobody, not even for
 * root. */
WhDecision wh_authorize_method(WhStanding standing, gboolean owned, const char *method);

/* The methods of the table, one after the other; NULL: there are no more. */
const char *wh_authorize_listed(guint index);

G_END_DECLS
