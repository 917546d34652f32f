#include "service/declared/computer_label.h"

#include <string.h>

#define LONGEST 63

static gboolean is_label(const char *text)
{
    gsize length = strlen(text);
    return length >= 1 && length <= LONGEST && *text != '-' && text[length - 1] != '-' &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* A computer that has no name of its own yet is called localhost, as are all others of that kind.
 */
static char *label_of(const char *computer)
{
    g_autofree char *label = g_ascii_strdown(computer, (gssize)strcspn(computer, "."));
    return is_label(label) && !g_str_equal(label, "localhost") ? g_steal_pointer(&label) : NULL;
}

char *wh_computer_label_fill_in(const char *name, const char *computer, const char **why)
{
    g_autofree char *label = label_of(computer);
    g_autoptr(GString) filled = g_string_new(NULL);
    for (const char *at = name; *at != '\0'; at++) {
        if (*at != '%') {
            g_string_append_c(filled, *at);
            continue;
        }
        at++;
        if (*at == '%') {
            g_string_append_c(filled, '%');
        } else if (*at == 'h' && label != NULL) {
            g_string_append(filled, label);
        } else {
            *why = *at == 'h' ? "This computer's own name can be no part of a host name, so that "
                                "nothing can stand for %h. Give it another one (hostnamectl), or "
                                "write the whole name."
                              : "After a percent sign comes h, for the name of this computer, or "
                                "another percent sign.";
            return NULL;
        }
    }
    return g_strdup(filled->str);
}
