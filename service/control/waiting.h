/* Answers that wait until what was given is where it is kept, in the keyring or sealed, and what
 * was to be forgotten is forgotten, so that "done" holds also when the service is killed the
 * instant after. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

typedef struct WhWaiting WhWaiting;

/* `rooms` must outlive it. */
WhWaiting *wh_waiting_new(const WhControlRooms *rooms);

/* What still waits is not answered any more. */
void wh_waiting_free(WhWaiting *waiting);

/* wh_invocation_reply(), now or when nothing of the account (NULL: of any) is on its way to where
 * it is kept. NotSaved when that did not work, and when nothing came of it for a few seconds. */
void wh_waiting_reply(WhWaiting *waiting, WhInvocation *invocation, const char *account,
                      json_t *parameters);

/* The vault changed. */
void wh_waiting_settle(WhWaiting *waiting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWaiting, wh_waiting_free)

G_END_DECLS
