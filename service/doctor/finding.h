/* One thing that the doctor says: what is so, how much it matters, and what to do next. A value. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* In the order in which people read them. */
typedef enum {
    WH_FINDING_NO_NETWORK,
    WH_FINDING_CAPTIVE_PORTAL,
    WH_FINDING_DNS_BROKEN,
    WH_FINDING_OFFLINE,
    WH_FINDING_VPN_SILENT,
    WH_FINDING_CLOCK_WRONG,
    WH_FINDING_SOURCES_DISAGREE,
    WH_FINDING_OUTSIDE_FEW,
    WH_FINDING_VPN,
    WH_FINDING_CGNAT,
    WH_FINDING_DOUBLE_NAT,
    WH_FINDING_NO_PUBLIC_IPV4,
    WH_FINDING_ROUTER_LIES,
    WH_FINDING_NO_IPV4,
    WH_FINDING_NO_IPV6,
    WH_FINDING_IPV6_TEMPORARY_ONLY,
    WH_FINDING_RIVAL,
    WH_FINDING_CHANGED_BY_OTHER,
    WH_FINDING_DEVICE_UNSEEN,
    WH_FINDING_ELSEWHERE,
    WH_FINDING_SLEEPS,
    WH_FINDING_NO_PORT_FORWARD,
    WH_FINDING_ROUTER_SILENT,
    WH_FINDING_ROUTER_EVENTS_HIDDEN,
} WhFindingCode;

#define WH_N_FINDING_CODES (WH_FINDING_ROUTER_EVENTS_HIDDEN + 1)

/* "no_network", "captive_portal", ...: the words of the control interface. */
const char *wh_finding_code_name(WhFindingCode code);

typedef enum {
    WH_FINDING_NOTE,    /* good to know; everything works */
    WH_FINDING_WARNING, /* something a person expects does not work */
    WH_FINDING_TROUBLE, /* names are not kept right before somebody does something */
} WhFindingWeight;

/* "note", "warning", "trouble". */
const char *wh_finding_weight_name(WhFindingWeight weight);

#define WH_FINDING_MAX_VALUES 4

/* name: a literal that its texts know, such as "address". value: text for people, bounded. */
typedef struct {
    const char *name;
    char *value;
} WhFindingValue;

/* host: the id of the host it is about; NULL: about the whole computer. */
typedef struct {
    WhFindingCode code;
    WhFindingWeight weight;
    gboolean has_family;
    WhFamily family;
    char *host;
    guint n_values;
    WhFindingValue values[WH_FINDING_MAX_VALUES];
} WhFinding;

WhFinding *wh_finding_new(WhFindingCode code, WhFindingWeight weight);
void wh_finding_free(WhFinding *finding);

/* It is about one family alone. */
void wh_finding_set_family(WhFinding *finding, WhFamily family);

/* NULL: the value stays away. What is longer than a line of text is cut. */
void wh_finding_set(WhFinding *finding, const char *name, const char *value);
void wh_finding_set_address(WhFinding *finding, const char *name, const WhAddress *address);
void wh_finding_set_number(WhFinding *finding, const char *name, guint64 number);

/* NULL: it has no such value. */
const char *wh_finding_value(const WhFinding *finding, const char *name);

/* Whether both are about the same: code, family and host. */
gboolean wh_finding_is_same(const WhFinding *a, const WhFinding *b);

/* Whether they also say the same. */
gboolean wh_finding_equal(const WhFinding *a, const WhFinding *b);

/* In English, for g_free(). */
char *wh_finding_sentence(const WhFinding *finding);
char *wh_finding_step(const WhFinding *finding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhFinding, wh_finding_free)

G_END_DECLS
