/* Hears that the addresses of one family changed (WSAIoctl(), SIO_ADDRESS_LIST_CHANGE): the older
 * of the system's two ways to say so, and the one that Wine knows. It says nothing of routes. */
#pragma once

#include "platform/windows/hop.h"

G_BEGIN_DECLS

typedef struct WhAddressListWatch WhAddressListWatch;

/* Rings `hop`, which must live longer, at each change. `family` is AF_INET or AF_INET6. Made and
 * freed in the hop's thread, WSAStartup() done. NULL with G_IO_ERROR where the system refuses. */
WhAddressListWatch *wh_address_list_watch_new(gint family, WhHop *hop, GError **error);
void wh_address_list_watch_free(WhAddressListWatch *watch);

/* FALSE: the system stopped telling. */
gboolean wh_address_list_watch_is_armed(WhAddressListWatch *watch);

G_END_DECLS
