#include "service/protocol/framing.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte says how large the pieces are. Whatever the pieces, what comes out is what went
 * in. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const char *bytes = (const char *)data + 1;
    gsize length = size - 1, step = (gsize)data[0] + 1, out = 0;
    g_autoptr(WhFraming) framing = wh_framing_new(64);
    for (gsize at = 0; at < length; at += step) {
        if (!wh_framing_feed(framing, bytes + at, MIN(step, length - at)))
            return 0;
        gsize message_length;
        const char *message;
        while ((message = wh_framing_next(framing, &message_length)) != NULL) {
            g_assert(message_length <= 64 && message[message_length] == '\0');
            g_assert(memcmp(message, bytes + out, message_length + 1) == 0);
            out += message_length + 1;
        }
    }
    g_assert(out + wh_framing_waiting(framing) == length);
    return 0;
}
