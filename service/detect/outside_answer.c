#include "service/detect/outside.h"

#include <string.h>

#define MAX_ANSWER_LENGTH 4096

/* Reads the `length` bytes at `text`, without white space around them, as an address of `family`.
 */
static gboolean read_address(const char *text, gsize length, WhFamily family, WhAddress *address)
{
    while (length > 0 && g_ascii_isspace(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && g_ascii_isspace(text[length - 1]))
        length--;
    char copy[WH_ADDRESS_STRLEN];
    if (length == 0 || length >= sizeof copy || memchr(text, '\0', length) != NULL)
        return FALSE;
    memcpy(copy, text, length);
    copy[length] = '\0';
    WhAddress parsed;
    if (!wh_address_parse(copy, &parsed) || parsed.family != family)
        return FALSE;
    *address = parsed;
    return TRUE;
}

/* The value of the one line "NAME=value"; NULL when there is none, or more than one. */
static const char *find_line(const char *body, gsize length, const char *name, gsize *value_length)
{
    gsize name_length = strlen(name);
    const char *found = NULL;
    const char *end = body + length;
    for (const char *line = body; line < end;) {
        const char *newline = memchr(line, '\n', (gsize)(end - line));
        const char *line_end = newline != NULL ? newline : end;
        if ((gsize)(line_end - line) > name_length && line[name_length] == '=' &&
            memcmp(line, name, name_length) == 0) {
            if (found != NULL)
                return NULL;
            found = line + name_length + 1;
            *value_length = (gsize)(line_end - found);
        }
        line = line_end + 1;
    }
    return found;
}

gboolean wh_outside_read_answer(const WhOutsideOperator *operator_, WhFamily family,
                                const char *body, gsize length, WhAddress *address)
{
    /* A cut answer could hide a second address, or the end of the first. */
    if (length == 0 || length > MAX_ANSWER_LENGTH)
        return FALSE;
    if (operator_->line == NULL)
        return read_address(body, length, family, address);
    gsize value_length = 0;
    const char *value = find_line(body, length, operator_->line, &value_length);
    return value != NULL && read_address(value, value_length, family, address);
}
