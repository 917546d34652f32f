#include "platform/windows/desktop/fitting.h"

#define ELLIPSIS 0x2026

/* Between two characters as people see them: never within a pair, and not before a mark that
 * belongs to the letter in front of it. */
static gboolean is_border(const gunichar2 *wide, gsize at)
{
    if (IS_LOW_SURROGATE(wide[at]))
        return FALSE;
    return !g_unichar_ismark(wide[at]) && wide[at] != 0x200d && (at == 0 || wide[at - 1] != 0x200d);
}

void wh_fitting_copy(wchar_t *to, gsize room, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    glong length = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(valid, -1, NULL, &length, NULL);
    gsize end = (gsize)length;

    if (end >= room) {
        end = room - 2;
        while (end > 0 && !is_border(wide, end))
            end--;
        wide[end++] = ELLIPSIS;
    }
    memcpy(to, wide, end * sizeof *wide);
    to[end] = 0;
}
