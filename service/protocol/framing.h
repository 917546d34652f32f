/* Cuts a byte stream into NUL-terminated messages, within the limits of message.h. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhFraming WhFraming;

WhFraming *wh_framing_new(gsize max_bytes);
void wh_framing_free(WhFraming *framing); /* wipes */

/* Adds what was read. FALSE: a message is longer than the limit; the connection is to be closed,
 * nothing more may be fed. */
gboolean wh_framing_feed(WhFraming *framing, const char *bytes, gsize length);

/* The next whole message without its NUL, or NULL. Valid until the next call of feed or next. */
const char *wh_framing_next(WhFraming *framing, gsize *length);

/* How many bytes were fed and not handed out yet. */
gsize wh_framing_waiting(const WhFraming *framing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhFraming, wh_framing_free)

G_END_DECLS
