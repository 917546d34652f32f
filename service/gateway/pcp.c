#include "service/gateway/pcp.h"

#include <string.h>

#include "service/gateway/octets.h"

#define OPCODE_ANNOUNCE 0
#define ANSWER_BIT 0x80

#define HEADER_SIZE 24
#define LARGEST 1100
#define OPTION_HEADER_SIZE 4

/* Where the client's address begins in a request, and that of an IPv4 address in it. */
#define CLIENT_AT 8
#define MAPPED_AT 10

void wh_pcp_write_announce(const WhAddress *self, guint8 request[WH_PCP_REQUEST_SIZE])
{
    memset(request, 0, WH_PCP_REQUEST_SIZE);
    request[0] = WH_PCP_VERSION;
    request[1] = OPCODE_ANNOUNCE;
    guint8 *mapped = request + CLIENT_AT + MAPPED_AT;
    mapped[0] = 0xff;
    mapped[1] = 0xff;
    memcpy(mapped + 2, self->bytes, wh_family_size(WH_FAMILY_IPV4));
}

/* RFC 6887 section 7.3: each option is filled up to a whole word. */
static gboolean are_options_whole(const guint8 *bytes, gsize length)
{
    while (length > 0) {
        if (length < OPTION_HEADER_SIZE)
            return FALSE;
        gsize padded = ((gsize)wh_octets_read16(bytes + 2) + 3) / 4 * 4;
        if (padded > length - OPTION_HEADER_SIZE)
            return FALSE;
        bytes += OPTION_HEADER_SIZE + padded;
        length -= OPTION_HEADER_SIZE + padded;
    }
    return TRUE;
}

gboolean wh_pcp_read_announce(const guint8 *bytes, gsize length, WhPcpAnswer *answer)
{
    if (length < HEADER_SIZE || length > LARGEST || length % 4 != 0)
        return FALSE;
    if (bytes[0] != WH_PCP_VERSION || bytes[1] != (ANSWER_BIT | OPCODE_ANNOUNCE))
        return FALSE;
    guint8 result = bytes[3];
    if (result == WH_PCP_SUCCESS && !are_options_whole(bytes + HEADER_SIZE, length - HEADER_SIZE))
        return FALSE;
    *answer = (WhPcpAnswer){.result = result, .epoch = wh_octets_read32(bytes + 8)};
    return TRUE;
}
