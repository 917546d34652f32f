/* From the bytes of a call to the method that answers it. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

/* FALSE: the bytes are malformed and the connection is to be closed. Otherwise the call is, or will
 * be, answered; what is well-formed but wrong, with varlink's standard errors. */
gboolean wh_dispatch(WhControl *control, WhConnection *connection, const char *bytes, gsize length);

G_END_DECLS
