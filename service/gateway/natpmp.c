#include "service/gateway/natpmp.h"

#include "service/gateway/octets.h"

#define OPCODE_EXTERNAL_ADDRESS 0
#define OPCODE_ANSWER 128

#define ERROR_SIZE 8
#define ANSWER_SIZE 12

void wh_natpmp_write_request(guint8 request[WH_NATPMP_REQUEST_SIZE])
{
    request[0] = WH_NATPMP_VERSION;
    request[1] = OPCODE_EXTERNAL_ADDRESS;
}

/* A router that knows no version 0 need not know how its opcodes are answered: some leave the
 * request's in place. */
static gboolean is_right_opcode(guint8 opcode, guint16 result)
{
    return opcode == OPCODE_ANSWER + OPCODE_EXTERNAL_ADDRESS ||
           (opcode == OPCODE_EXTERNAL_ADDRESS && result == WH_NATPMP_UNSUPPORTED_VERSION);
}

static gboolean is_right_size(gsize length, guint16 result)
{
    return length == ANSWER_SIZE || (length == ERROR_SIZE && result != WH_NATPMP_SUCCESS);
}

gboolean wh_natpmp_read(const guint8 *bytes, gsize length, WhNatpmpAnswer *answer)
{
    if (length < ERROR_SIZE || bytes[0] != WH_NATPMP_VERSION)
        return FALSE;
    guint16 result = wh_octets_read16(bytes + 2);
    if (!is_right_opcode(bytes[1], result) || !is_right_size(length, result))
        return FALSE;
    *answer = (WhNatpmpAnswer){.result = result, .epoch = wh_octets_read32(bytes + 4)};
    if (result != WH_NATPMP_SUCCESS)
        return TRUE;
    answer->has_address = wh_octets_read32(bytes + 8) != 0;
    if (answer->has_address)
        answer->address = wh_address_from_bytes(WH_FAMILY_IPV4, bytes + 8);
    return TRUE;
}
