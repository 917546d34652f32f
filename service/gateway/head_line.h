/* One line of the head of an HTTP message, as UPnP's are. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the value of the header `name` begins, if `line` is that; NULL otherwise. */
const char *wh_head_line_value(const char *line, const char *name);

G_END_DECLS
