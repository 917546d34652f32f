/* How the tests of the sealer make things happen. */
#pragma once

#include "platform/sealer.h"

G_BEGIN_DECLS

typedef enum {
    WH_ADAPTER_SEALER_WORKS,
    WH_ADAPTER_SEALER_ABSENT,
    WH_ADAPTER_SEALER_FAILS, /* it is there, and seals and opens nothing */
} WhAdapterSealer;

/* A new sealer of a system that is like this from now on; one at a time. NULL for ABSENT: every
 * such system has one. */
WhSealer *wh_adapter_sealer_new(WhAdapterSealer mode);

/* Another key from now on. */
void wh_adapter_sealer_replace_key(void);

/* TRUE: nothing is answered before this is taken back. */
void wh_adapter_sealer_set_slow(gboolean slow);

/* After the sealer is gone. */
void wh_adapter_sealer_end(void);
void wh_adapter_add_tests(void);

G_END_DECLS
