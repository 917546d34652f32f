/* The record keeper's witnesses: a zone's own servers, asked through the net room. */
#pragma once

#include "service/net/authority.h"
#include "service/reconcile/proof.h"

G_BEGIN_DECLS

/* `authority` must outlive it. Free with wh_witnesses_free() once the keeper is gone. */
WhWitnesses *wh_witnesses_new(WhAuthority *authority);
void wh_witnesses_free(WhWitnesses *witnesses);

G_END_DECLS
