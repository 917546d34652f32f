#include "platform/linux/journal_entry.h"

#include "platform/log_sink.h"

#include <string.h>

#define LONGEST_NAME 64
#define LONGEST_ENTRY 32768

/* The journal drops an entry with a name of another kind, or takes the field for its own. */
static gboolean is_name(const char *name)
{
    gsize length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    return g_ascii_isupper(name[0]) && length <= LONGEST_NAME && name[length] == '\0';
}

/* No character of UTF-8 is cut in two. */
static gsize cut(const char *value, gsize length)
{
    if (length <= WH_LOG_SINK_LONGEST_VALUE)
        return length;
    length = WH_LOG_SINK_LONGEST_VALUE;
    for (guint i = 0; i < 3 && ((guchar)value[length] & 0xc0) == 0x80; i++)
        length--;
    return length;
}

/* NAME=value, or with its length where a line feed would end it too soon. */
static void add(GString *entry, const char *name, const char *value, gsize length)
{
    guint64 size = GUINT64_TO_LE(length);

    g_string_append(entry, name);
    if (memchr(value, '\n', length) == NULL) {
        g_string_append_c(entry, '=');
    } else {
        g_string_append_c(entry, '\n');
        g_string_append_len(entry, (const char *)&size, sizeof size);
    }
    g_string_append_len(entry, value, (gssize)length);
    g_string_append_c(entry, '\n');
}

GString *wh_journal_entry_new(const GLogField *fields, gsize n_fields)
{
    GString *entry = g_string_new(NULL);

    for (gsize i = 0; i < n_fields; i++) {
        const char *value = fields[i].value;
        gsize length;

        if (value == NULL || !is_name(fields[i].key))
            continue;
        length = cut(value, fields[i].length < 0 ? strlen(value) : (gsize)fields[i].length);
        if (entry->len + LONGEST_NAME + length + 16 > LONGEST_ENTRY)
            break;
        add(entry, fields[i].key, value, length);
    }
    return entry;
}
