/* Answers that wait until the keyring has what was given, so that "done" holds also when the
 * service is killed the instant after. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

typedef struct WhWaiting WhWaiting;

/* `rooms` must outlive it. */
WhWaiting *wh_waiting_new(const WhControlRooms *rooms);

/* What still waits is not answered any more. */
void wh_waiting_free(WhWaiting *waiting);

/* wh_invocation_reply(), now or when nothing is on its way to the keyring; after a few seconds in
 * any case, because the secret is in use and a notice tells what is wrong. */
void wh_waiting_reply(WhWaiting *waiting, WhInvocation *invocation, json_t *parameters);

/* The vault changed. */
void wh_waiting_settle(WhWaiting *waiting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWaiting, wh_waiting_free)

G_END_DECLS
