/* What the doctor goes by: plain values that the service's wiring gathers. What it does not know it
 * leaves at zero, and then nothing is found. */
#pragma once

#include "service/detect/gateway_report.h"
#include "service/detect/verdict.h"

G_BEGIN_DECLS

/* What was decided for the VPN that everything goes through. */
typedef enum {
    WH_FACTS_VPN_NOTHING, /* nothing yet: names keep the address that they have */
    WH_FACTS_VPN_CHOSEN,  /* a person said what names hold while it is on */
} WhFactsVpn;

/* One family. route: there is a way to the internet. wanted: some host asks for this family of this
 * computer; names: those hosts, for people ("a.example, b.example and 3 more"). only_temporary: the
 * line's interface has global addresses, all of them temporary. vpn: the tunnel that everything
 * goes through, by name, or NULL. verdict: borrowed; NULL: none yet. */
typedef struct {
    gboolean route;
    gboolean wanted;
    const char *names;
    gboolean only_temporary;
    const char *vpn;
    WhFactsVpn vpn_choice;
    const WhVerdict *verdict;
} WhFactsLine;

/* The router on the way out over IPv4. known FALSE: there is none, or nobody asked. router: its
 * address on this side; self: this computer's there. missed: it promised an event at once, or was
 * found to have another address, so that there was something to hear. event_seen: it was heard.
 * mappings: how many of its port mappings lead here, -1: not known. */
typedef struct {
    gboolean known;
    WhGatewayReport report;
    gboolean has_router;
    WhAddress router;
    gboolean has_self;
    WhAddress self;
    gboolean missed;
    gboolean event_seen;
    gint mappings;
} WhFactsGateway;

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

/* Why a record holds nothing new although it could. */
typedef enum {
    WH_FACTS_WHY_NONE,
    WH_FACTS_WHY_ELSEWHERE,     /* this network is none of those that the host is for */
    WH_FACTS_WHY_DEVICE_UNSEEN, /* the host is another device, which is not there */
} WhFactsWhy;

/* One record that may have something to tell. changed: somebody else changed it, within the last
 * day; found: what it holds instead, if it still does. heals: how often it was set right within the
 * last week. unanswered: its provider could not be reached at the last try. All borrowed. */
typedef struct {
    const char *host;
    const char *name;
    WhFamily family;
    WhFactsWhy why;
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
