/* Two services of one computer must not both publish a name: a person's own one asks that of the
 * whole computer which names it keeps, and leaves those alone. */
#pragma once

#include "service/wiring/service.h"

G_BEGIN_DECLS

typedef struct WhRival WhRival;

/* Before the accounts are restored: what is sent first waits for the answer, for a second at most,
 * and only when somebody answers at `address`. */
WhRival *wh_rival_new(WhService *service, const char *address);
void wh_rival_free(WhRival *rival);

/* Asks about all names again, on the next turn of the loop. NULL: there is no other service. */
void wh_rival_look_soon(WhRival *rival);

/* Says which names are left to the other service. */
void wh_rival_settle(WhService *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhRival, wh_rival_free)

G_END_DECLS
