/* The lines of an administrator's file: [group], key=value, # comment. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_DECLARED_LINE_END,
    WH_DECLARED_LINE_GROUP, /* name */
    WH_DECLARED_LINE_PAIR,  /* name and value */
    WH_DECLARED_LINE_WRONG, /* neither */
} WhDeclaredLineKind;

/* number: counted from 1. Both texts belong to the reader, and are wiped with the next line: a
 * person may have put a secret there. */
typedef struct {
    WhDeclaredLineKind kind;
    guint number;
    const char *name;
    const char *value;
} WhDeclaredLine;

typedef struct WhDeclaredLines WhDeclaredLines;

/* `text` must stay and be UTF-8. */
WhDeclaredLines *wh_declared_lines_new(const char *text, gsize length);
void wh_declared_lines_free(WhDeclaredLines *lines);

/* The next line that is neither empty nor a comment. Blanks around texts do not count; \s \t \n \r
 * and \\ in a value stand for a blank, a tab, line ends and a backslash. */
void wh_declared_lines_next(WhDeclaredLines *lines, WhDeclaredLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDeclaredLines, wh_declared_lines_free)

G_END_DECLS
