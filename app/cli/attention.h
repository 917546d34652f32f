/* Whether a state needs a person. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A record or account that waits for the user, or trouble of the service itself. What goes on by
 * itself, and what the user paused, does not count. */
gboolean wh_attention_is_needed(json_t *state);

G_END_DECLS
