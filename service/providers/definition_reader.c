#include "service/providers/definition_reader.h"

#include <gio/gio.h>
#include <string.h>

struct WhDefinitionReader {
    GKeyFile *file;
    GHashTable *known; /* "group" and "group\nkey" that somebody asked for */
    GError *mistake;
};

static char *known_name(const char *group, const char *key)
{
    return key != NULL ? g_strdup_printf("%s\n%s", group, key) : g_strdup(group);
}

static void note_known(WhDefinitionReader *reader, const char *group, const char *key)
{
    g_hash_table_add(reader->known, known_name(group, NULL));
    g_hash_table_add(reader->known, known_name(group, key));
}

static gboolean is_known(const WhDefinitionReader *reader, const char *group, const char *key)
{
    g_autofree char *name = known_name(group, key);
    return g_hash_table_contains(reader->known, name);
}

void wh_definition_reader_fail(WhDefinitionReader *reader, const char *group, const char *key,
                               const char *format, ...)
{
    if (reader->mistake != NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    reader->mistake = g_error_new(G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "[%s]%s%s: %s", group,
                                  key != NULL ? " " : "", key != NULL ? key : "", text);
}

gboolean wh_definition_reader_failed(const WhDefinitionReader *reader)
{
    return reader->mistake != NULL;
}

/* A keyfile silently keeps the last of two equal keys; in a definition the first is a slip that
 * would go unseen. */
static void check_doubles(WhDefinitionReader *reader, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *group = g_strdup("");
    for (char **line = lines; *line != NULL; line++) {
        g_strstrip(*line);
        const char *equals = strchr(*line, '=');
        if (**line == '#' || **line == '\0')
            continue;
        g_autofree char *key = NULL;
        if (**line == '[') {
            g_free(group);
            group = g_strdup(*line + 1);
            group[strcspn(group, "]")] = '\0';
        } else if (equals != NULL) {
            key = g_strchomp(g_strndup(*line, (gsize)(equals - *line)));
        }
        if (!g_hash_table_add(seen, known_name(group, key)))
            wh_definition_reader_fail(reader, group, key, "is there twice; keep one");
    }
}

WhDefinitionReader *wh_definition_reader_new(const char *text, gsize length)
{
    WhDefinitionReader *reader = g_new0(WhDefinitionReader, 1);
    reader->file = g_key_file_new();
    reader->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (length > WH_DEFINITION_MAX_LENGTH) {
        reader->mistake =
            g_error_new(G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the file is longer than %d kB",
                        (int)(WH_DEFINITION_MAX_LENGTH / 1024));
        return reader;
    }
    if (!g_utf8_validate(text, (gssize)length, NULL)) {
        reader->mistake =
            g_error_new(G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the file is not UTF-8 text");
        return reader;
    }
    g_autofree char *copy = g_strndup(text, length);
    g_autoptr(GError) error = NULL;
    if (!g_key_file_load_from_data(reader->file, copy, length, G_KEY_FILE_NONE, &error))
        reader->mistake = g_error_new(
            G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
            "the file does not consist of [groups] with key = value lines: %s", error->message);
    else
        check_doubles(reader, copy);
    return reader;
}

void wh_definition_reader_free(WhDefinitionReader *reader)
{
    if (reader == NULL)
        return;
    g_key_file_unref(reader->file);
    g_hash_table_unref(reader->known);
    g_clear_error(&reader->mistake);
    g_free(reader);
}

char **wh_definition_reader_groups(WhDefinitionReader *reader)
{
    return g_key_file_get_groups(reader->file, NULL);
}

char **wh_definition_reader_keys(WhDefinitionReader *reader, const char *group)
{
    char **keys = g_key_file_get_keys(reader->file, group, NULL, NULL);
    return keys != NULL ? keys : g_new0(char *, 1);
}

char *wh_definition_reader_text(WhDefinitionReader *reader, const char *group, const char *key)
{
    note_known(reader, group, key);
    g_autofree char *value = g_key_file_get_value(reader->file, group, key, NULL);
    if (value == NULL || *g_strstrip(value) == '\0')
        return NULL;
    return g_steal_pointer(&value);
}

char *wh_definition_reader_needed(WhDefinitionReader *reader, const char *group, const char *key)
{
    char *value = wh_definition_reader_text(reader, group, key);
    if (value == NULL)
        wh_definition_reader_fail(reader, group, key, "is missing");
    return value;
}

guint wh_definition_reader_word(WhDefinitionReader *reader, const char *group, const char *key,
                                const char *const *words, guint fallback)
{
    g_autofree char *value = wh_definition_reader_text(reader, group, key);
    if (value == NULL)
        return fallback;
    for (guint i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0)
            return i;
    }
    g_autofree char *all = g_strjoinv(", ", (char **)words);
    wh_definition_reader_fail(reader, group, key, "\"%s\" is not one of: %s", value, all);
    return fallback;
}

gboolean wh_definition_reader_flag(WhDefinitionReader *reader, const char *group, const char *key,
                                   gboolean fallback)
{
    static const char *const words[] = {"false", "true", NULL};
    return wh_definition_reader_word(reader, group, key, words, fallback ? 1 : 0) == 1;
}

gint64 wh_definition_reader_number(WhDefinitionReader *reader, const char *group, const char *key,
                                   gint64 minimum, gint64 maximum, gint64 fallback)
{
    g_autofree char *value = wh_definition_reader_text(reader, group, key);
    if (value == NULL)
        return fallback;
    gint64 number = 0;
    if (g_ascii_string_to_signed(value, 10, minimum, maximum, &number, NULL))
        return number;
    wh_definition_reader_fail(reader, group, key,
                              "\"%s\" is no whole number from %" G_GINT64_FORMAT
                              " to %" G_GINT64_FORMAT,
                              value, minimum, maximum);
    return fallback;
}

static void check_all_known(WhDefinitionReader *reader)
{
    g_auto(GStrv) groups = wh_definition_reader_groups(reader);
    for (char **group = groups; *group != NULL; group++) {
        if (!is_known(reader, *group, NULL)) {
            wh_definition_reader_fail(reader, *group, NULL, "no such group is known here");
            return;
        }
        g_auto(GStrv) keys = wh_definition_reader_keys(reader, *group);
        for (char **key = keys; *key != NULL; key++) {
            if (!is_known(reader, *group, *key))
                wh_definition_reader_fail(reader, *group, *key, "no such key is known here");
        }
    }
}

gboolean wh_definition_reader_finish(WhDefinitionReader *reader, GError **error)
{
    if (reader->mistake == NULL)
        check_all_known(reader);
    if (reader->mistake == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&reader->mistake));
    return FALSE;
}
