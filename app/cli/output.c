#include "app/cli/output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#define COLUMNS 80

/* Beside control characters (an escape sequence starts with one): marks, embeddings, overrides and
 * isolates of bidirectional text, and separators that a terminal may take for a new line. */
static gboolean plays_tricks(gunichar c)
{
    return g_unichar_iscntrl(c) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Quotation marks of a terminal without UTF-8 are plain ones, and no question marks. */
static gunichar shown(gunichar c, gboolean has_utf8)
{
    if (plays_tricks(c))
        return 0xfffd;
    return !has_utf8 && (c == 0x201c || c == 0x201d) ? '"' : c;
}

char *wh_output_clean(const char *text)
{
    gboolean has_utf8 = g_get_console_charset(NULL);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);
    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at))
        g_string_append_unichar(clean, shown(g_utf8_get_char(at), has_utf8));
    return g_string_free(clean, FALSE);
}

static void print(const char *text)
{
    g_autofree char *clean = wh_output_clean(text);
    g_print("%s\n", clean);
}

void wh_output_line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    print(text);
}

void wh_output_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *clean = wh_output_clean(text);
    g_printerr("wayhomectl: %s\n", clean);
}

void wh_output_wrapped(const char *head, guint indent, const char *text)
{
    g_autofree char *clean = wh_output_clean(text);
    g_auto(GStrv) words = g_strsplit(clean, " ", -1);
    g_autoptr(GString) line = g_string_new(head);
    glong used = g_utf8_strlen(line->str, -1);
    while (used < (glong)indent) {
        g_string_append_c(line, ' ');
        used++;
    }
    glong start = used;
    for (guint i = 0; words[i] != NULL; i++) {
        glong width = g_utf8_strlen(words[i], -1);
        if (used > start && used + 1 + width > COLUMNS) {
            print(line->str);
            g_string_printf(line, "%*s", (int)indent, "");
            used = start = (glong)indent;
        }
        g_string_append_printf(line, "%s%s", used > start ? " " : "", words[i]);
        used += width + (used > start ? 1 : 0);
    }
    print(line->str);
}

static int print_chunk(const char *bytes, size_t size, void *data)
{
    return fwrite(bytes, 1, size, stdout) == size ? 0 : -1;
}

void wh_output_json(json_t *object)
{
    /* ASCII only: a terminal may take other characters for commands. */
    json_dump_callback(object, print_chunk, NULL, JSON_COMPACT | JSON_ENSURE_ASCII);
    fputc('\n', stdout);
    fflush(stdout);
}

gboolean wh_output_is_open(void)
{
    return fflush(stdout) == 0 && ferror(stdout) == 0;
}

gboolean wh_output_finish(void)
{
    if (wh_output_is_open())
        return TRUE;
    /* Why it failed is forgotten by now: one more try says it. */
    errno = 0;
    gboolean failed = fputc('\n', stdout) == EOF || fflush(stdout) != 0;
    if (!failed || errno != EPIPE)
        wh_output_error(_("Not everything could be written to standard output."));
    return FALSE;
}
