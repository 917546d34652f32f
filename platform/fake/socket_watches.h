/* The watches that there are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Somebody began or ceased to listen at the address. */
void wh_fake_socket_watches_ring(const char *address);

G_END_DECLS
