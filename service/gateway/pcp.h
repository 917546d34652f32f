/* PCP on the wire (RFC 6887), as far as it is needed to hear a router announce itself: ANNOUNCE,
 * its request, its answer and the multicast notification, which has the answer's form. Pure.
 *
 * PCP names no external address without opening a port, and nothing here opens one. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

#define WH_PCP_VERSION 2
#define WH_PCP_REQUEST_SIZE 24

/* RFC 6887 section 7.4. Others are errors as well. */
typedef enum {
    WH_PCP_SUCCESS = 0,
    WH_PCP_UNSUPPORTED_VERSION = 1,
} WhPcpResult;

/* result: WhPcpResult, or another error of the RFC. epoch: seconds since the router began to count.
 */
typedef struct {
    guint8 result;
    guint32 epoch;
} WhPcpAnswer;

/* RFC 6887 sections 7.1 and 14.1.1. self: the IPv4 address that it is sent from. */
void wh_pcp_write_announce(const WhAddress *self, guint8 request[WH_PCP_REQUEST_SIZE]);

/* Reads an answer to that request or an announcement: whole words up to 1100 octets, options that
 * lie within. What is reserved is not looked at, as section 7.2 demands. FALSE, with `answer`
 * untouched: it is neither. */
gboolean wh_pcp_read_announce(const guint8 *bytes, gsize length, WhPcpAnswer *answer);

G_END_DECLS
