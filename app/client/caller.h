/* What the person whose program this is may do at the service, from the Service of the protocol. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef enum {
    WH_CALLER_OBSERVE, /* look; changing takes an administrator's password */
    WH_CALLER_MANAGE,  /* everything */
    WH_CALLER_OWNER,   /* everything, as the person who takes care of it */
} WhCaller;

/* A service that does not say it (it is older, or a person's own) lets its caller manage. */
WhCaller wh_caller_of(json_t *service);

/* Whether nobody takes care of the service of the whole computer yet, so that whoever sets it up
 * has to become the one who does (Claim), or could. */
gboolean wh_caller_must_claim(json_t *service);

G_END_DECLS
