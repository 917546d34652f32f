/* What the doctor found, as a person reads it. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A note is good to know, and everything works. */
gboolean wh_finding_is_note(json_t *finding);

/* The sentence, the next step, and the command for it where there is one. */
void wh_finding_print(json_t *finding);

G_END_DECLS
