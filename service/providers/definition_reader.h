/* Reads the text of one definition strictly: what nobody asked for is a mistake.
 *
 * The first mistake stays: the getters go on answering with defaults, and
 * wh_definition_reader_finish() tells it. So whoever reads needs no check after each line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhDefinitionReader WhDefinitionReader;

/* Longer texts are refused. */
#define WH_DEFINITION_MAX_LENGTH ((gsize)64 * 1024)

/* Never NULL; a text that is no keyfile is the first mistake. Free with
 * wh_definition_reader_free(). */
WhDefinitionReader *wh_definition_reader_new(const char *text, gsize length);
void wh_definition_reader_free(WhDefinitionReader *reader);

/* Notes a mistake: "[group] key: ..." (key NULL: the group itself). Only the first is kept. */
void wh_definition_reader_fail(WhDefinitionReader *reader, const char *group, const char *key,
                               const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Whether a mistake was noted so far. */
gboolean wh_definition_reader_failed(const WhDefinitionReader *reader);

/* Group names and a group's keys in the order of the text; free with g_strfreev(). Keys are not
 * marked as read by this. */
char **wh_definition_reader_groups(WhDefinitionReader *reader);
char **wh_definition_reader_keys(WhDefinitionReader *reader, const char *group);

/* The value as written, without white space around it and without any escape; NULL when it is
 * absent or empty. The caller frees it. Marks group and key as known, as all getters do. */
char *wh_definition_reader_text(WhDefinitionReader *reader, const char *group, const char *key);

/* The same, but its absence is a mistake. */
char *wh_definition_reader_needed(WhDefinitionReader *reader, const char *group, const char *key);

/* "true" or "false". */
gboolean wh_definition_reader_flag(WhDefinitionReader *reader, const char *group, const char *key,
                                   gboolean fallback);

/* A whole decimal number. */
gint64 wh_definition_reader_number(WhDefinitionReader *reader, const char *group, const char *key,
                                   gint64 minimum, gint64 maximum, gint64 fallback);

/* Index of the value among `words` (NULL-terminated). */
guint wh_definition_reader_word(WhDefinitionReader *reader, const char *group, const char *key,
                                const char *const *words, guint fallback);

/* FALSE with the first mistake as G_IO_ERROR_INVALID_DATA; an unread group or key is one. */
gboolean wh_definition_reader_finish(WhDefinitionReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDefinitionReader, wh_definition_reader_free)

G_END_DECLS
