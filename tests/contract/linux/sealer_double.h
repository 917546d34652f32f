/* Two sockets that behave as those of the service manager do: one program a connection, on a thread
 * of its own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_DOUBLE_SEALS,   /* base64 with a key in front */
    WH_DOUBLE_REAL,    /* systemd-creds, with a key of its own */
    WH_DOUBLE_EMPTY,   /* listens, says nothing */
    WH_DOUBLE_SLOW,    /* takes and gives a byte at a time */
    WH_DOUBLE_DEAF,    /* ends before it listened */
    WH_DOUBLE_SILENT,  /* listens, and says nothing until it is let go on */
    WH_DOUBLE_ENDLESS, /* never stops talking */
    WH_DOUBLE_BINARY,  /* answers with a NUL */
} WhDoubleMode;

typedef struct WhSealerDouble WhSealerDouble;

/* Makes the sockets "encrypt" and "decrypt" in `folder`. */
WhSealerDouble *wh_sealer_double_new(const char *folder, WhDoubleMode mode);

/* Ends all of it; what was silent ends without an answer. The sockets stay as files. */
void wh_sealer_double_free(WhSealerDouble *self);

/* From the next connection on. */
void wh_sealer_double_set_mode(WhSealerDouble *self, WhDoubleMode mode);
void wh_sealer_double_set_key(WhSealerDouble *self, guint key);

/* What is silent goes on as if it sealed. */
void wh_sealer_double_go_on(WhSealerDouble *self);

/* How many connections there ever were, and the most that there were at a time. */
guint wh_sealer_double_count(WhSealerDouble *self);
guint wh_sealer_double_most(WhSealerDouble *self);

G_END_DECLS
