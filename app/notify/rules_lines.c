#include "app/notify/rules_lines.h"

#include <glib/gi18n.h>
#include <string.h>

#define LINES_MOST 4

typedef struct {
    char *id;
    char *name;
    GPtrArray *values;
} Line;

struct WhRulesLines {
    GPtrArray *lines;
};

static void line_free(gpointer data)
{
    Line *line = data;

    g_free(line->id);
    g_free(line->name);
    g_ptr_array_unref(line->values);
    g_free(line);
}

WhRulesLines *wh_rules_lines_new(void)
{
    WhRulesLines *lines = g_new0(WhRulesLines, 1);

    lines->lines = g_ptr_array_new_with_free_func(line_free);
    return lines;
}

void wh_rules_lines_free(WhRulesLines *lines)
{
    g_ptr_array_unref(lines->lines);
    g_free(lines);
}

static Line *find(WhRulesLines *lines, const char *id)
{
    for (guint i = 0; i < lines->lines->len; i++) {
        Line *line = g_ptr_array_index(lines->lines, i);

        if (strcmp(line->id, id) == 0)
            return line;
    }
    return NULL;
}

void wh_rules_lines_add(WhRulesLines *lines, const char *id, const char *name, const char *value)
{
    Line *line = find(lines, id);

    if (line == NULL) {
        line = g_new0(Line, 1);
        line->id = g_strdup(id);
        line->name = g_strdup(name);
        line->values = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(lines->lines, line);
    }
    if (!g_ptr_array_find_with_equal_func(line->values, value, g_str_equal, NULL))
        g_ptr_array_add(line->values, g_strdup(value));
}

guint wh_rules_lines_count(WhRulesLines *lines)
{
    return lines->lines->len;
}

char *wh_rules_lines_values(WhRulesLines *lines, guint index)
{
    const Line *line = g_ptr_array_index(lines->lines, index);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < line->values->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(line->values, i));
    return g_string_free(text, FALSE);
}

/* One more line instead of "and 1 more". */
char *wh_rules_lines_text(WhRulesLines *lines)
{
    guint count = lines->lines->len;
    guint shown = count <= LINES_MOST + 1 ? count : LINES_MOST;
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < shown; i++) {
        g_autofree char *values = wh_rules_lines_values(lines, i);

        g_string_append_printf(text, "%s%s: %s", i > 0 ? "\n" : "",
                               ((Line *)g_ptr_array_index(lines->lines, i))->name, values);
    }
    if (shown < count) {
        g_string_append_c(text, '\n');
        g_string_append_printf(text, ngettext("and %u more", "and %u more", count - shown),
                               count - shown);
    }
    return g_string_free(text, FALSE);
}
