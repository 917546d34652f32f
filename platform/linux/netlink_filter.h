/* Keeps messages away that nobody wants, in the kernel. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From now on this rtnetlink(7) socket does not hear of routes that do not cover the address of
 * wh_internet_probe(): on a router or a container host they are many, and each would wake the
 * service for nothing. Of IPv6 the first 32 bits are compared; a few too many do no harm. Where
 * filters are refused everything is heard. */
void wh_netlink_filter_attach(int fd);

G_END_DECLS
