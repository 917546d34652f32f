/* What the doctor's findings say, in English: the one source for the service, which serves them
 * filled in, and for programs, which translate them by their code. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A sentence and the next step of a code such as "cgnat". {name} stands for the value of that name.
 * Both are marked for translation, not translated. NULL: no finding has that code. */
const char *wh_finding_text_sentence(const char *code);
const char *wh_finding_text_step(const char *code);

/* The command of the command line that does what the step says, or NULL. */
const char *wh_finding_text_command(const char *code);

/* The codes in the order of the table; NULL behind the last. */
const char *wh_finding_text_code(guint index);

/* What a place of a text is filled with; NULL: nothing is known, and the place becomes empty. */
typedef const char *(*WhFindingTextValue)(const char *name, gpointer data);

/* The text with its places filled in, for g_free(). */
char *wh_finding_text_fill(const char *text, WhFindingTextValue value, gpointer data);

G_END_DECLS
