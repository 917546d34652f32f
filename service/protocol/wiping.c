#include "service/protocol/wiping.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The size stands in front of each block, in a space that keeps the block's alignment. */
typedef union {
    gsize size;
    max_align_t alignment;
} Header;

void wh_wiping_erase(gpointer memory, gsize length)
{
    /* The compiler may not assume that the pointer still leads to memset(), and so keeps the call.
     */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;
    if (length > 0)
        overwrite(memory, 0, length);
}

void wh_wiping_free(char *text)
{
    if (text == NULL)
        return;
    wh_wiping_erase(text, strlen(text));
    g_free(text);
}

GBytes *wh_wiping_bytes_new(gsize length, char **bytes)
{
    char *block = wh_wiping_allocate(length);
    if (block == NULL)
        g_error("Out of memory");
    *bytes = block;
    return g_bytes_new_with_free_func(block, length, wh_wiping_release, block);
}

void *wh_wiping_allocate(size_t size)
{
    if (size > G_MAXSIZE - sizeof(Header))
        return NULL;
    Header *header = malloc(sizeof *header + size);
    if (header == NULL)
        return NULL;
    header->size = size;
    return header + 1;
}

void wh_wiping_release(void *memory)
{
    if (memory == NULL)
        return;
    Header *header = (Header *)memory - 1;
    wh_wiping_erase(memory, header->size);
    free(header);
}
