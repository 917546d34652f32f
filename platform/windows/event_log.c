#include "platform/windows/event_log.h"

#include "platform/log_sink.h"
#include "platform/windows/text.h"

#include <stdlib.h>
#include <string.h>

#define SOURCE L"Wayhome"

#define PRIORITY_ERROR 3
#define PRIORITY_WARNING 4
#define PRIORITY_NOTICE 5

/* Octets of all fields together, far below what an entry may have (31839 characters a string). */
#define MOST_FIELDS (16 * 1024)

void wh_event_entry_free(WhEventEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->message);
    g_free(entry->id);
    g_free(entry->fields);
    g_free(entry);
}

static char *value_of(const GLogField *field)
{
    const char *value = field->value != NULL ? field->value : "";
    gsize length = field->length < 0 ? strnlen(value, WH_LOG_SINK_LONGEST_VALUE)
                                     : MIN((gsize)field->length, WH_LOG_SINK_LONGEST_VALUE);

    return g_utf8_make_valid(value, (gssize)length);
}

static void take(char **place, const GLogField *field)
{
    g_free(*place);
    *place = value_of(field);
}

static int priority_of(const GLogField *field)
{
    g_autofree char *value = value_of(field);

    return atoi(value);
}

static void add_field(GString *text, const GLogField *field)
{
    g_autofree char *value = value_of(field);

    if (text->len + strlen(field->key) + strlen(value) + 2 > MOST_FIELDS)
        return;
    g_string_append_printf(text, "%s%s=", text->len > 0 ? "\r\n" : "", field->key);
    g_string_append(text, value);
}

WhEventEntry *wh_event_entry_new(const GLogField *fields, gsize n_fields)
{
    g_autoptr(WhEventEntry) entry = g_new0(WhEventEntry, 1);
    GString *rest = g_string_new(NULL);

    entry->priority = PRIORITY_NOTICE;
    for (gsize i = 0; i < n_fields; i++) {
        if (strcmp(fields[i].key, "PRIORITY") == 0)
            entry->priority = priority_of(&fields[i]);
        else if (strcmp(fields[i].key, "MESSAGE") == 0)
            take(&entry->message, &fields[i]);
        else if (strcmp(fields[i].key, "MESSAGE_ID") == 0)
            take(&entry->id, &fields[i]);
        else
            add_field(rest, &fields[i]);
    }
    entry->fields = g_string_free(rest, FALSE);
    return entry->priority <= PRIORITY_NOTICE ? g_steal_pointer(&entry) : NULL;
}

gsize wh_event_entry_length(const WhEventEntry *entry)
{
    return (entry->message != NULL ? strlen(entry->message) : 0) + strlen(entry->fields) +
           sizeof *entry;
}

static WORD type_of(int priority)
{
    if (priority <= PRIORITY_ERROR)
        return EVENTLOG_ERROR_TYPE;
    return priority == PRIORITY_WARNING ? EVENTLOG_WARNING_TYPE : EVENTLOG_INFORMATION_TYPE;
}

static DWORD message_of(int priority)
{
    return priority <= PRIORITY_ERROR ? 3 : priority == PRIORITY_WARNING ? 2 : 1;
}

/* Event Viewer puts an insert in place of "%1" also within another one: a character without width
 * keeps the two apart. */
static wchar_t *insert_of(const char *text)
{
    g_autoptr(GString) plain = g_string_new(NULL);

    for (const char *at = text != NULL ? text : ""; *at != '\0'; at++) {
        g_string_append_c(plain, *at);
        if (*at == '%' && g_ascii_isdigit(at[1]))
            g_string_append(plain, "\u200b");
    }
    return wh_windows_wide(plain->str);
}

void wh_event_log_write(const WhEventEntry *entry)
{
    HANDLE source = RegisterEventSourceW(NULL, SOURCE);
    g_autofree wchar_t *message = insert_of(entry->message);
    g_autofree wchar_t *id = insert_of(entry->id);
    g_autofree wchar_t *fields = insert_of(entry->fields);
    const wchar_t *inserts[] = {message, id, fields};

    if (source == NULL)
        return;
    ReportEventW(source, type_of(entry->priority), 0, message_of(entry->priority), NULL,
                 G_N_ELEMENTS(inserts), 0, inserts, NULL);
    DeregisterEventSource(source);
}

void wh_event_log_say(const char *sentence)
{
    const GLogField fields[] = {{"MESSAGE", sentence, -1}, {"PRIORITY", "3", -1}};
    g_autoptr(WhEventEntry) entry = wh_event_entry_new(fields, G_N_ELEMENTS(fields));

    wh_event_log_write(entry);
}
