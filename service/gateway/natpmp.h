/* NAT-PMP on the wire (RFC 6886): the question for the external address, its answer, and the
 * announcement, which has the answer's form. Pure. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

#define WH_NATPMP_VERSION 0
#define WH_NATPMP_REQUEST_SIZE 2

/* RFC 6886 section 3.5. Others are errors as well. */
typedef enum {
    WH_NATPMP_SUCCESS = 0,
    WH_NATPMP_UNSUPPORTED_VERSION = 1,
    WH_NATPMP_NOT_AUTHORIZED = 2,
    WH_NATPMP_NETWORK_FAILURE = 3,
    WH_NATPMP_OUT_OF_RESOURCES = 4,
    WH_NATPMP_UNSUPPORTED_OPCODE = 5,
} WhNatpmpResult;

/* result: WhNatpmpResult, or a number that the RFC does not know. epoch: seconds since the router
 * began to count. has_address FALSE: an error, or 0.0.0.0. */
typedef struct {
    guint16 result;
    guint32 epoch;
    gboolean has_address;
    WhAddress address;
} WhNatpmpAnswer;

/* RFC 6886 section 3.2. */
void wh_natpmp_write_request(guint8 request[WH_NATPMP_REQUEST_SIZE]);

/* Reads an answer to that request or an announcement. Success has twelve octets; an error has
 * eight, or twelve of which the last four mean nothing. FALSE, with `answer` untouched: it is
 * neither. */
gboolean wh_natpmp_read(const guint8 *bytes, gsize length, WhNatpmpAnswer *answer);

G_END_DECLS
