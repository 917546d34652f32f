#include "app/window/complaint.h"

#include <string.h>

WhComplaint wh_complaint_of(const char *result_class)
{
    static const struct {
        const char *result_class;
        WhComplaint complaint;
    } table[] = {
        {"CHANGED", WH_COMPLAINT_NOTHING}, {"SAME", WH_COMPLAINT_NOTHING},
        {"AUTH", WH_COMPLAINT_SECRET},     {"HOST", WH_COMPLAINT_NAME},
        {"ABUSE", WH_COMPLAINT_NAME},
    };
    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        if (strcmp(table[i].result_class, result_class) == 0)
            return table[i].complaint;
    return WH_COMPLAINT_WHOLE;
}

char *wh_complaint_words(const GError *error, const char *field)
{
    const char *words = error->message;
    gsize length = field != NULL ? strlen(field) : 0;
    if (length == 0 || strncmp(words, field, length) != 0 || strncmp(words + length, ": ", 2) != 0)
        return g_strdup(words);
    words += length + 2;
    g_autofree char *first = g_utf8_substring(words, 0, *words != '\0' ? 1 : 0);
    g_autofree char *capital = g_utf8_strup(first, -1);
    return g_strconcat(capital, words + strlen(first), NULL);
}
