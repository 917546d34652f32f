#include "platform/common/blank.h"

#include <string.h>

void wh_blank(gpointer memory, gsize length)
{
    /* The compiler may not assume that the pointer still leads to memset(), and so keeps the call.
     */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;

    if (length > 0)
        overwrite(memory, 0, length);
}
