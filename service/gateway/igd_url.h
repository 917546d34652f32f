/* Web addresses that a device names, and the only host that they may lead to: the router itself.
 * Private to this room. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* What `reference` names, seen from `base` (RFC 3986 section 5; `base` NULL: it stands alone),
 * written anew out of its parts, so that nobody downstream can read another host in it. NULL unless
 * it is http, and its host is `router` in digits, without a login. The caller frees it. */
char *wh_igd_url_resolve(const char *base, const char *reference, const WhAddress *router);

G_END_DECLS
