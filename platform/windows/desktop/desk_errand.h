/* One thing that one of the desk's two threads asks of the other: there `func` does it with what it
 * is about. */
#pragma once

#include "platform/windows/hop.h"

G_BEGIN_DECLS

typedef struct WhDeskErrand WhDeskErrand;
typedef void (*WhDeskErrandFunc)(WhDeskErrand *errand);

/* target: what `func` works on there. hop: a reference. text and items go with the errand, unless
 * `func` takes them; object is whatever the two threads agree on. */
struct WhDeskErrand {
    gpointer target;
    WhDeskErrandFunc func;
    WhHop *hop;
    char *text;
    gpointer object;
    GArray *items;
    int value;
};

/* Nothing but the target. */
WhDeskErrand *wh_desk_errand_new(gpointer target, WhDeskErrandFunc func);

/* For whatever carries it: calls `func`; frees it. */
void wh_desk_errand_run(gpointer errand);
void wh_desk_errand_free(gpointer errand);

G_END_DECLS
