/* Lines for the terminal: cleaned of what could play tricks with it, and wrapped to 80 columns. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* One line on standard output. */
void wh_output_line(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* `text` wrapped between column `indent` and 80; `head` stands in the indent of the first line. A
 * word that is longer than a line is not broken, so that it can be copied. */
void wh_output_wrapped(const char *head, guint indent, const char *text);

/* One line on standard error, with the program's name. */
void wh_output_error(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* One JSON object on one line. */
void wh_output_json(json_t *object);

/* Whether standard output can still take something: its reader may have gone away. */
gboolean wh_output_is_open(void);

/* Sends out what is left. FALSE: not everything arrived; told already, unless the reader went away
 * (as "head" does). */
gboolean wh_output_finish(void);

/* A copy without control characters and without those that turn the direction of writing. */
char *wh_output_clean(const char *text);

G_END_DECLS
