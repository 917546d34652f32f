/* Something that happened and that a person may want to read later: one line of the history. */
#pragma once

#include "service/base/address.h"
#include "service/base/result.h"

G_BEGIN_DECLS

typedef enum {
    WH_EVENT_ADDRESS,    /* the public address became another, or unknown (no address) */
    WH_EVENT_SENT,       /* an update left for the provider */
    WH_EVENT_ANSWERED,   /* the provider answered; result and detail */
    WH_EVENT_HELD,       /* a new address waits for the next token */
    WH_EVENT_WAITING,    /* a failure; tried again later */
    WH_EVENT_HALTED,     /* waits for the user */
    WH_EVENT_RESUMED,    /* the user let it go on */
    WH_EVENT_PROVEN,     /* the zone's own servers agree */
    WH_EVENT_DIFFERS,    /* the zone's own servers hold another address */
    WH_EVENT_UNPROVABLE, /* cannot be proven on this network */
    WH_EVENT_HEALED,     /* a record that somebody else changed is set right */
    WH_EVENT_PAUSED,
    WH_EVENT_UNPAUSED,
    WH_EVENT_STARTED, /* the service began to run */
} WhEventKind;

#define WH_N_EVENT_KINDS (WH_EVENT_STARTED + 1)

/* "address", "sent", ...: the words of the control interface and the store. */
const char *wh_event_kind_name(WhEventKind kind);
gboolean wh_event_kind_parse(const char *name, WhEventKind *kind);

/* id: position in the history, 0 before it is stored. at: wall microseconds. host and host_name
 * NULL: about the whole computer. result only with has_result. detail: short, without secrets, or
 * NULL. */
typedef struct {
    gint64 id;
    gint64 at;
    WhEventKind kind;
    char *host;
    char *host_name;
    gboolean has_family;
    WhFamily family;
    gboolean has_address;
    WhAddress address;
    gboolean has_result;
    WhResultClass result;
    char *detail;
} WhEvent;

WhEvent *wh_event_new(WhEventKind kind, gint64 at);
WhEvent *wh_event_copy(const WhEvent *event);
void wh_event_free(WhEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhEvent, wh_event_free)

G_END_DECLS
