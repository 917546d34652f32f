#include "platform/linux/process.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As the program's name anything, and as the whole text anything: with another name, a process was
 * still started at the same time. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char rest[] = ") S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 4711 23\n";
    g_autofree char *name = g_strndup((const char *)data, size);
    g_autofree char *text = g_strconcat("7 (", name, rest, NULL);

    wh_process_started_from(name);
    wh_process_is_of(name, 0);
    g_assert(wh_process_started_from(text) == 4711);
    return 0;
}
