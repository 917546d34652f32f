#include "service/protocol/framing.h"

#include "service/protocol/wiping.h"

#include <string.h>

/* bytes[0, taken) were handed out and [0, wiped) of them are wiped; [taken, filled) wait; the
 * search for the next NUL goes on at scanned. open counts the bytes of the last, unfinished
 * message. */
struct WhFraming {
    gsize max_bytes;
    char *bytes;
    gsize size;
    gsize taken;
    gsize wiped;
    gsize filled;
    gsize scanned;
    gsize open;
};

WhFraming *wh_framing_new(gsize max_bytes)
{
    WhFraming *framing = g_new0(WhFraming, 1);
    framing->max_bytes = max_bytes;
    return framing;
}

void wh_framing_free(WhFraming *framing)
{
    if (framing == NULL)
        return;
    wh_wiping_erase(framing->bytes, framing->size);
    g_free(framing->bytes);
    g_free(framing);
}

gsize wh_framing_waiting(const WhFraming *framing)
{
    return framing->filled - framing->taken;
}

/* What was handed out is not needed any more. */
static void wipe_taken(WhFraming *framing)
{
    wh_wiping_erase(framing->bytes + framing->wiped, framing->taken - framing->wiped);
    framing->wiped = framing->taken;
}

/* Moves what waits to the front, so that the space is used again. */
static void close_gap(WhFraming *framing)
{
    if (framing->taken == 0)
        return;
    gsize waiting = wh_framing_waiting(framing);
    memmove(framing->bytes, framing->bytes + framing->taken, waiting);
    wh_wiping_erase(framing->bytes + waiting, framing->filled - waiting);
    framing->scanned -= framing->taken;
    framing->filled = waiting;
    framing->taken = 0;
    framing->wiped = 0;
}

/* realloc() would leave a copy behind that nobody wipes. */
static void make_room(WhFraming *framing, gsize length)
{
    close_gap(framing);
    if (framing->size - framing->filled >= length)
        return;
    gsize size = MAX(framing->size * 2, framing->filled + length);
    char *bytes = g_malloc(size);
    if (framing->filled > 0)
        memcpy(bytes, framing->bytes, framing->filled);
    wh_wiping_erase(framing->bytes, framing->size);
    g_free(framing->bytes);
    framing->bytes = bytes;
    framing->size = size;
}

/* Whether no message gets longer than the limit by these bytes. */
static gboolean lengths_fit(WhFraming *framing, const char *bytes, gsize length)
{
    const char *end = bytes + length;
    while (bytes < end) {
        const char *nul = memchr(bytes, '\0', (gsize)(end - bytes));
        framing->open += (gsize)((nul != NULL ? nul : end) - bytes);
        if (framing->open > framing->max_bytes)
            return FALSE;
        if (nul == NULL)
            break;
        framing->open = 0;
        bytes = nul + 1;
    }
    return TRUE;
}

gboolean wh_framing_feed(WhFraming *framing, const char *bytes, gsize length)
{
    if (length == 0)
        return TRUE;
    if (!lengths_fit(framing, bytes, length))
        return FALSE;
    make_room(framing, length);
    memcpy(framing->bytes + framing->filled, bytes, length);
    framing->filled += length;
    return TRUE;
}

const char *wh_framing_next(WhFraming *framing, gsize *length)
{
    if (framing->bytes == NULL)
        return NULL;
    wipe_taken(framing);
    if (framing->scanned == framing->filled)
        return NULL;
    const char *nul =
        memchr(framing->bytes + framing->scanned, '\0', framing->filled - framing->scanned);
    if (nul == NULL) {
        framing->scanned = framing->filled;
        return NULL;
    }
    const char *message = framing->bytes + framing->taken;
    *length = (gsize)(nul - message);
    framing->taken += *length + 1;
    framing->scanned = framing->taken;
    return message;
}
