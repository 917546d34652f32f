/* How the contract tests of neighbours.h make things happen. */
#pragma once

#include "platform/neighbours.h"

G_BEGIN_DECLS

typedef enum {
    WH_ADAPTER_ANSWERS, /* just now */
    WH_ADAPTER_QUIET,   /* it was heard some time ago */
    WH_ADAPTER_SILENT,  /* it does not answer */
    WH_ADAPTER_GONE,
} WhAdapterState;

typedef struct {
    const char *address;
    const char *mac;
    WhAdapterState state;
} WhAdapterMachine;

/* A link on which nobody is yet. FALSE: cannot be had here, and the test is skipped. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);
guint wh_adapter_interface(void);

/* Puts one machine into the system's table, or changes or removes what is there. */
void wh_adapter_set(const WhAdapterMachine *machine);

/* wh_neighbours_read(), or what it makes of that table. */
GArray *wh_adapter_read(void);

/* Whether the system tells of changes. */
gboolean wh_adapter_can_watch(void);

/* A watch that may call as often as something changes. */
WhNeighbourWatch *wh_adapter_watch_new(WhNeighbourWatchFunc changed, gpointer data);

/* Returns when a watch has heard of every change so far. */
void wh_adapter_settle(WhNeighbourWatch *watch);
void wh_adapter_add_tests(void);

G_END_DECLS
