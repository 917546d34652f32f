#include "service/base/log.h"

#include <string.h>

#define MAX_FIELDS 12
#define STANDARD_FIELDS 4

/* The ids are random and stay for ever: the catalogue and people's filters go by them. */
static const struct {
    const char *id;
    GLogLevelFlags level;
} kinds[] = {
    [WH_LOG_STARTED] = {"354406cf39fc473eacdb440de23bbcda", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_STOPPING] = {"16cfd2a8288b4876807db123d37ff127", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_RELOADED] = {"5a601ed279d64efe86f601de77683819", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_ADDRESS] = {"c25620f69e6d4d48aa55d00b686c4600", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_NO_ADDRESS] = {"031af4b1b5d9407ab07a4d6877d47bfe", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_SENT] = {"72d32de9e14043fc9b493a426bed1334", G_LOG_LEVEL_DEBUG},
    [WH_LOG_ANSWERED] = {"c0ee762d2abb4a8a8230aee411f3bdcf", G_LOG_LEVEL_DEBUG},
    [WH_LOG_CONFIRMED] = {"9e04829a57f040f19db52aee0ff1a625", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_ADDRESS_REFUSED] = {"d49359b29d104ebeb5172e5ea5a9be05", G_LOG_LEVEL_WARNING},
    [WH_LOG_PROVEN] = {"7a287426d98c4d43852f75f897090c96", G_LOG_LEVEL_INFO},
    [WH_LOG_DIFFERS] = {"8bf618a14f644cabb2a851e8bf229ae1", G_LOG_LEVEL_WARNING},
    [WH_LOG_UNPROVABLE] = {"e8711ddded814435a8c14a2e9bcb1825", G_LOG_LEVEL_INFO},
    [WH_LOG_HEALED] = {"ddaee926f5b543b38379dd326ddb0436", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_HELD] = {"98c5b13812fe44dfa38bbdfcadb3376f", G_LOG_LEVEL_INFO},
    [WH_LOG_WAITING] = {"06fa9c74ca874bfd94f444def4a8c548", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_HALTED] = {"351bcc69dd6440409b342a50bb68a1c9", G_LOG_LEVEL_WARNING},
    [WH_LOG_RESUMED] = {"08b1039f3ca84f5aaa4ed9fab99ee5ba", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_PAUSED] = {"011b7361312e45e5912191b36deed26a", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_UNPAUSED] = {"182666d86b60457bb2d8b8b247088880", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_OWNER] = {"2573908175b84cb0b7c14f8fff01529b", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_DENIED] = {"224674d00cf4438faa21196a3c6f6258", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_DROPPED] = {"b525f0aced94410cb711a383987ae89c", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_IGNORED] = {"c70496e014d5e0f1cc31e170340fd825", G_LOG_LEVEL_INFO},
    [WH_LOG_STORE_TROUBLE] = {"b4be556a4fbc4fc492e11c10b89db210", G_LOG_LEVEL_WARNING},
    [WH_LOG_SECRETS_TROUBLE] = {"9daefc5a74ae43279efaf6fa1bae0074", G_LOG_LEVEL_WARNING},
    [WH_LOG_FILES_TROUBLE] = {"0bc5366571e14fdca3552d7a2c20d67a", G_LOG_LEVEL_WARNING},
    [WH_LOG_DECLARED_TROUBLE] = {"74cfb3710d484882a3c85ce57c088291", G_LOG_LEVEL_WARNING},
    [WH_LOG_TROUBLE] = {"158a2d5daeba415db4fe41eff52c1efd", G_LOG_LEVEL_WARNING},
    [WH_LOG_MENDED] = {"01d93a8cb51343f1aaedbb7cffbd7372", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_FINDING] = {"eba1edf0a8d542a085f07e6d90e237f0", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_FINDING_OVER] = {"643957dc06274e4aa6a6e38dfd768c58", G_LOG_LEVEL_MESSAGE},
    [WH_LOG_LOST] = {"b5f593f3bca34f0abc8ee97f3495bff0", G_LOG_LEVEL_WARNING},
};

G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == WH_N_LOG_KINDS);

struct WhLine {
    WhLogKind kind;
    GLogLevelFlags level;
    GString *text;
    guint n_fields;
    const char *names[MAX_FIELDS];
    char *values[MAX_FIELDS];
};

const char *wh_log_message_id(WhLogKind kind)
{
    return kinds[kind].id;
}

WhLine *wh_line_new(WhLogKind kind)
{
    WhLine *line = g_new0(WhLine, 1);

    line->kind = kind;
    line->level = kinds[kind].level;
    line->text = g_string_new(NULL);
    return line;
}

void wh_line_free(WhLine *line)
{
    if (line == NULL)
        return;
    for (guint i = 0; i < line->n_fields; i++)
        g_free(line->values[i]);
    g_string_free(line->text, TRUE);
    g_free(line);
}

/* In place: no line may be broken into two, and nothing may speak to a terminal. */
static char *to_one_line(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        if (g_ascii_iscntrl(*at))
            *at = ' ';
    return text;
}

void wh_line_set(WhLine *line, const char *field, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    g_return_if_fail(line->n_fields < MAX_FIELDS);
    line->names[line->n_fields] = field;
    line->values[line->n_fields++] = to_one_line(g_strdup(value));
}

void wh_line_say(WhLine *line, const char *format, ...)
{
    gsize before = line->text->len;
    va_list arguments;

    va_start(arguments, format);
    g_string_append_vprintf(line->text, format, arguments);
    va_end(arguments);
    to_one_line(line->text->str + before);
}

void wh_line_make_quiet(WhLine *line)
{
    line->level = G_LOG_LEVEL_DEBUG;
}

WhLogKind wh_line_kind(const WhLine *line)
{
    return line->kind;
}

const char *wh_line_text(const WhLine *line)
{
    return line->text->str;
}

GLogLevelFlags wh_line_level(const WhLine *line)
{
    return line->level;
}

const char *wh_line_field(const WhLine *line, const char *field)
{
    for (guint i = 0; i < line->n_fields; i++)
        if (strcmp(line->names[i], field) == 0)
            return line->values[i];
    return NULL;
}

/* As syslog numbers them. */
static const char *priority(GLogLevelFlags level)
{
    switch (level) {
    case G_LOG_LEVEL_WARNING:
        return "4";
    case G_LOG_LEVEL_MESSAGE:
        return "5";
    case G_LOG_LEVEL_INFO:
        return "6";
    default:
        return "7";
    }
}

void wh_line_write(WhLine *line)
{
    GLogField fields[STANDARD_FIELDS + MAX_FIELDS] = {
        {"MESSAGE", line->text->str, -1},
        {"PRIORITY", priority(line->level), -1},
        {"GLIB_DOMAIN", G_LOG_DOMAIN, -1},
        {"MESSAGE_ID", kinds[line->kind].id, -1},
    };

    for (guint i = 0; i < line->n_fields; i++)
        fields[STANDARD_FIELDS + i] = (GLogField){line->names[i], line->values[i], -1};
    g_log_structured_array(line->level, fields, STANDARD_FIELDS + line->n_fields);
    wh_line_free(line);
}
