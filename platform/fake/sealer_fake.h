/* The strings by which tests pull at the fake sealer. There is one for the whole program; at the
 * beginning (also after wh_fake_reset()) the system has none. */
#pragma once

#include "platform/sealer.h"

G_BEGIN_DECLS

typedef enum {
    WH_FAKE_SEALER_ABSENT,
    WH_FAKE_SEALER_WORKS,
    WH_FAKE_SEALER_FAILS,       /* it is there, and nothing works: G_IO_ERROR_FAILED */
    WH_FAKE_SEALER_CANNOT_SEAL, /* sealing fails, what is sealed opens */
    WH_FAKE_SEALER_FORGETS,     /* what it seals does not open again */
    WH_FAKE_SEALER_BABBLES,     /* what opens is as long as it was, and something else */
} WhFakeSealerMode;

void wh_fake_sealer_set_mode(WhFakeSealerMode mode);

/* The key of the computer: nothing that was sealed with another one opens. 1 at the beginning. */
void wh_fake_sealer_set_key(guint key);

/* TRUE: nothing is answered before this is taken back. */
void wh_fake_sealer_set_slow(gboolean slow);

/* What it makes of a text with the present key; for g_free(). */
char *wh_fake_sealer_seal(const char *text);

/* How much is sealed or opened and not answered yet, and how much there ever was. */
guint wh_fake_sealer_waiting(void);
guint wh_fake_sealer_asked(void);

G_END_DECLS
