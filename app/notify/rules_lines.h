/* The body of a message about several things: one line each, and how many more there are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhRulesLines WhRulesLines;

WhRulesLines *wh_rules_lines_new(void);
void wh_rules_lines_free(WhRulesLines *lines);

/* One more value of the thing `id`, which people call `name`; a value twice is one. */
void wh_rules_lines_add(WhRulesLines *lines, const char *id, const char *name, const char *value);

/* How many things there are. */
guint wh_rules_lines_count(WhRulesLines *lines);

/* The values of one of them, with commas; for g_free(). */
char *wh_rules_lines_values(WhRulesLines *lines, guint index);

/* "home.example: 203.0.113.9" and so on, at most four; for g_free(). */
char *wh_rules_lines_text(WhRulesLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhRulesLines, wh_rules_lines_free)

G_END_DECLS
