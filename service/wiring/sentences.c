#include "service/wiring/sentences.h"

#include <string.h>

#define LONGEST 2000
#define MOST_NAMES 10

char *wh_sentences_join(const GPtrArray *sentences)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint i = 0;

    for (; i < sentences->len; i++) {
        const char *sentence = g_ptr_array_index(sentences, i);

        if (text->len > 0 && text->len + strlen(sentence) > LONGEST)
            break;
        g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", sentence);
    }
    if (i < sentences->len)
        g_string_append_printf(text, " And %u more.", sentences->len - i);
    return sentences->len > 0 ? g_strdup(text->str) : NULL;
}

char *wh_sentences_list(const GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = MIN(names->len, MOST_NAMES);

    for (guint i = 0; i < shown; i++) {
        gboolean last = i + 1 == names->len;

        g_string_append_printf(text, "%s%s",
                               i == 0 ? ""
                               : last ? " and "
                                      : ", ",
                               (const char *)g_ptr_array_index(names, i));
    }
    if (shown < names->len)
        g_string_append_printf(text, " and %u more", names->len - shown);
    return names->len > 0 ? g_strdup(text->str) : NULL;
}
