/* What a record should hold at this moment, or why nothing can be said. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* In all cases but KNOWN the record is left as it is. */
typedef enum {
    WH_AIM_KNOWN,
    WH_AIM_NO_ADDRESS,     /* the public address of the family is not known */
    WH_AIM_VPN,            /* nor is it said what to publish while a VPN is on */
    WH_AIM_NO_LAN_ADDRESS, /* this computer has no address of the family on its own network */
    WH_AIM_ELSEWHERE,     /* this is none of the networks that the host is bound to, or nobody knows
                             which one it is */
    WH_AIM_UNREACHABLE,   /* nobody can connect to the address, and the host withholds it then */
    WH_AIM_DEVICE_UNSEEN, /* the other machine was not seen on this network */
    WH_AIM_DEVICE_UNKNOWN, /* IPv4 of another machine: there is no router whose address it shares */
} WhAimReason;

#define WH_N_AIM_REASONS (WH_AIM_DEVICE_UNKNOWN + 1)

/* address: only when known; then why is WH_AIM_KNOWN. */
typedef struct {
    gboolean known;
    WhAddress address;
    WhAimReason why;
} WhAim;

WhAim wh_aim_at(const WhAddress *address);
WhAim wh_aim_nowhere(WhAimReason why);
gboolean wh_aim_equal(const WhAim *a, const WhAim *b);

/* "elsewhere", "unreachable", ...: the words of the control interface. NULL: KNOWN and NO_ADDRESS,
 * which need none. */
const char *wh_aim_reason_name(WhAimReason why);

G_END_DECLS
