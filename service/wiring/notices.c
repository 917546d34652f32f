#include "service/wiring/notices.h"

/* Both arrays end with a NULL that is always there. */
struct WhNotices {
    GPtrArray *codes;
    GPtrArray *details;
    WhChronicle *chronicle;
};

/* What a notice is about, by the beginning of its code; the log tells them apart. */
static const struct {
    const char *beginning;
    WhLogKind kind;
} kinds[] = {
    {"store_", WH_LOG_STORE_TROUBLE},         {"secrets_", WH_LOG_SECRETS_TROUBLE},
    {"keyring_", WH_LOG_SECRETS_TROUBLE},     {"seal_", WH_LOG_SECRETS_TROUBLE},
    {"provider_files", WH_LOG_FILES_TROUBLE}, {"outside_file", WH_LOG_FILES_TROUBLE},
    {"probes_file", WH_LOG_FILES_TROUBLE},    {"declared_", WH_LOG_DECLARED_TROUBLE},
};

WhNotices *wh_notices_new(WhChronicle *chronicle)
{
    WhNotices *notices = g_new0(WhNotices, 1);

    notices->chronicle = chronicle;
    notices->codes = g_ptr_array_new_with_free_func(g_free);
    notices->details = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(notices->codes, NULL);
    g_ptr_array_add(notices->details, NULL);
    return notices;
}

void wh_notices_free(WhNotices *notices)
{
    g_ptr_array_unref(notices->codes);
    g_ptr_array_unref(notices->details);
    g_free(notices);
}

static gboolean says(WhNotices *notices, const char *code, const char *detail)
{
    for (guint i = 0; i + 1 < notices->codes->len; i++)
        if (g_str_equal(g_ptr_array_index(notices->codes, i), code))
            return g_strcmp0(g_ptr_array_index(notices->details, i), detail) == 0;
    return FALSE;
}

static WhLogKind kind_of(const char *code)
{
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_has_prefix(code, kinds[i].beginning))
            return kinds[i].kind;
    return WH_LOG_TROUBLE;
}

static void tell(WhNotices *notices, WhLogKind kind, const char *code, const char *sentence)
{
    WhLine *line = wh_line_new(kind);

    wh_line_set(line, WH_LOG_FIELD_NOTICE, code);
    wh_line_say(line, "%s", sentence);
    if (notices->chronicle != NULL)
        wh_chronicle_add(notices->chronicle, line);
    else
        wh_line_write(line);
}

static void tell_end(WhNotices *notices, const char *code, const char *what)
{
    g_autofree char *sentence = g_strdup_printf("This is over: %s", what);

    tell(notices, WH_LOG_MENDED, code, sentence);
}

/* Its sentence, which the caller frees; NULL: it was not there. */
static char *take_out(WhNotices *notices, const char *code)
{
    for (guint i = 0; i + 1 < notices->codes->len; i++) {
        if (g_str_equal(g_ptr_array_index(notices->codes, i), code)) {
            g_ptr_array_remove_index(notices->codes, i);
            return g_ptr_array_steal_index(notices->details, i);
        }
    }
    return NULL;
}

gboolean wh_notices_set(WhNotices *notices, const char *code, const char *detail)
{
    if (detail != NULL && says(notices, code, detail))
        return FALSE;
    g_autofree char *before = take_out(notices, code);
    if (detail == NULL) {
        if (before != NULL)
            tell_end(notices, code, before);
        return before != NULL;
    }
    tell(notices, kind_of(code), code, detail);
    g_ptr_array_insert(notices->codes, (int)notices->codes->len - 1, g_strdup(code));
    g_ptr_array_insert(notices->details, (int)notices->details->len - 1, g_strdup(detail));
    return TRUE;
}

const char *const *wh_notices_codes(WhNotices *notices)
{
    return (const char *const *)notices->codes->pdata;
}

const char *const *wh_notices_details(WhNotices *notices)
{
    return (const char *const *)notices->details->pdata;
}
