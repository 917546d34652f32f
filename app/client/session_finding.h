/* What the doctor's service cannot see: findings of the session of whoever is signed in. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* A Finding "sleeps" of what the desktop of this person will do, with the further member "session"
 * (true); NULL: it does not send the computer to sleep, or nobody knows. A new reference. Reads
 * small local files. */
json_t *wh_session_finding_sleeps(void);

/* The service's findings (NULL: none) and `own` (NULL: none), what matters most first; a new
 * reference. Of two that tell the same, the service's stays. */
json_t *wh_session_finding_join(json_t *findings, json_t *own);

G_END_DECLS
