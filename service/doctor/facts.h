/* What the doctor goes by: plain values that the service's wiring gathers. What it does not know it
 * leaves at zero, and then nothing is found. */
#pragma once

#include "service/base/aim.h"
#include "service/detect/gateway_report.h"
#include "service/detect/verdict.h"

G_BEGIN_DECLS

/* One family. route: there is a way to the internet. wanted: some host asks for this family of this
 * computer; names: those hosts, for people ("a.example, b.example (+3)"). verdict: NULL: none yet.
 * Both borrowed. */
typedef struct {
    gboolean route;
    gboolean wanted;
    const char *names;
    const WhVerdict *verdict;
} WhFactsLine;

/* The router on the way out over IPv4; WH_GATEWAY_NONE: none, or nobody knows. router: its
 * address on this side; self: this computer's there. missed: it promised an event at once, or was
 * found to have another address, so that there was something to hear. event_seen: it was heard.
 * mappings: how many of its port mappings lead here, -1: not known. */
typedef struct {
    WhGatewayReport report;
    gboolean has_router;
    WhAddress router;
    WhAddress self;
    gboolean missed;
    gboolean event_seen;
    gint mappings;
} WhFactsGateway;

/* As some routers do when they are asked for their outside: it is mistaken, which says nothing
 * about what is in front of it. */
static inline gboolean wh_facts_gateway_names_itself(const WhFactsGateway *gateway)
{
    return gateway->has_router && wh_address_equal(&gateway->report.address, &gateway->router);
}

/* What plain http questions to known servers brought. */
typedef enum {
    WH_FACTS_WEB_NOT_ASKED,
    WH_FACTS_WEB_FREE,   /* somebody answered what they always answer */
    WH_FACTS_WEB_PORTAL, /* somebody else answered in their place */
    WH_FACTS_WEB_SILENT, /* nobody answered */
} WhFactsWeb;

/* What the name server of this computer did with a question that others answer. */
typedef enum {
    WH_FACTS_NAMES_NOT_ASKED,
    WH_FACTS_NAMES_ANSWERED,
    WH_FACTS_NAMES_BROKEN, /* it is silent or refuses, and others on the internet answer */
    WH_FACTS_NAMES_SILENT, /* nobody answers */
} WhFactsNames;

/* name_server: as text, or NULL. */
typedef struct {
    WhFactsWeb web;
    WhFactsNames names;
    const char *name_server;
} WhFactsProbes;

/* off: how far the clock of this computer is ahead of those of the internet, microseconds; known
 * FALSE: nobody said. refused: a secure connection failed because a certificate is not of this
 * time. */
typedef struct {
    gboolean known;
    gint64 off;
    gboolean refused;
} WhFactsClock;

/* One record that may have something to tell. why: it has no aim, WH_AIM_KNOWN: it has. changed:
 * somebody else changed it, within the last day; found: what it holds instead, if it still does.
 * heals: how often it was set right within the last week. unanswered: its provider could not be
 * reached at the last try. All borrowed. */
typedef struct {
    const char *host;
    const char *name;
    WhFamily family;
    WhAimReason why;
    gboolean changed;
    gboolean has_found;
    WhAddress found;
    gboolean has_expected;
    WhAddress expected;
    guint heals;
    gboolean unanswered;
} WhFactsRecord;

/* sleep_minutes: after how long without use this computer goes to sleep by itself, 0: never, or not
 * known. records: WhFactsRecord, or NULL. */
typedef struct {
    WhFactsLine lines[WH_N_FAMILIES];
    WhFactsGateway gateway;
    WhFactsProbes probes;
    WhFactsClock clock;
    guint sleep_minutes;
    const GArray *records;
} WhDoctorFacts;

G_END_DECLS
