#include "service/declared/declared_line.h"

#include "service/base/secret.h"

#include <string.h>

/* What some editors put in front of a text in UTF-8. */
#define MARK "\xef\xbb\xbf"

/* held: a copy of the present line, taken apart in place. */
struct WhDeclaredLines {
    const char *next;
    const char *end;
    guint number;
    char *held;
    gsize length;
};

WhDeclaredLines *wh_declared_lines_new(const char *text, gsize length)
{
    WhDeclaredLines *lines = g_new0(WhDeclaredLines, 1);
    gboolean marked = length >= strlen(MARK) && memcmp(text, MARK, strlen(MARK)) == 0;
    lines->next = marked ? text + strlen(MARK) : text;
    lines->end = text + length;
    return lines;
}

static void drop(WhDeclaredLines *lines)
{
    if (lines->held != NULL)
        wh_wipe(lines->held, lines->length);
    g_clear_pointer(&lines->held, g_free);
}

void wh_declared_lines_free(WhDeclaredLines *lines)
{
    if (lines == NULL)
        return;
    drop(lines);
    g_free(lines);
}

/* FALSE: there is none. */
static gboolean take(WhDeclaredLines *lines)
{
    drop(lines);
    if (lines->next == lines->end)
        return FALSE;
    const char *stop = memchr(lines->next, '\n', (gsize)(lines->end - lines->next));
    const char *end = stop != NULL ? stop : lines->end;
    lines->length = (gsize)(end - lines->next);
    lines->held = g_strndup(lines->next, lines->length);
    lines->next = stop != NULL ? stop + 1 : lines->end;
    lines->number++;
    return TRUE;
}

static gboolean take_telling(WhDeclaredLines *lines)
{
    while (take(lines)) {
        g_strstrip(lines->held);
        if (*lines->held != '\0' && *lines->held != '#')
            return TRUE;
    }
    return FALSE;
}

static char meaning_of(char letter)
{
    static const char letters[] = "stnr\\", meanings[] = " \t\n\r\\";
    const char *found = letter != '\0' ? strchr(letters, letter) : NULL;
    return found != NULL ? meanings[found - letters] : '\0';
}

/* FALSE: a backslash that stands for nothing. */
static gboolean unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        char letter = *from == '\\' ? meaning_of(*++from) : *from;
        if (letter == '\0')
            return FALSE;
        *to++ = letter;
    }
    *to = '\0';
    return TRUE;
}

static void read_group(char *text, WhDeclaredLine *line)
{
    gsize length = strlen(text);
    if (text[length - 1] != ']')
        return;
    text[length - 1] = '\0';
    line->kind = WH_DECLARED_LINE_GROUP;
    line->name = g_strstrip(text + 1);
}

static void read_pair(char *text, WhDeclaredLine *line)
{
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text)
        return;
    *equals = '\0';
    char *value = g_strchug(equals + 1);
    if (!unescape(value))
        return;
    line->kind = WH_DECLARED_LINE_PAIR;
    line->name = g_strchomp(text);
    line->value = value;
}

void wh_declared_lines_next(WhDeclaredLines *lines, WhDeclaredLine *line)
{
    gboolean more = take_telling(lines);
    *line = (WhDeclaredLine){.kind = more ? WH_DECLARED_LINE_WRONG : WH_DECLARED_LINE_END,
                             .number = lines->number};
    if (more && *lines->held == '[')
        read_group(lines->held, line);
    else if (more)
        read_pair(lines->held, line);
}
