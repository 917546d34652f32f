#include "service/wiring/notices.h"

/* Both arrays end with a NULL that is always there. */
struct WhNotices {
    GPtrArray *codes;
    GPtrArray *details;
};

WhNotices *wh_notices_new(void)
{
    WhNotices *notices = g_new0(WhNotices, 1);

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

static gboolean take_out(WhNotices *notices, const char *code)
{
    for (guint i = 0; i + 1 < notices->codes->len; i++) {
        if (g_str_equal(g_ptr_array_index(notices->codes, i), code)) {
            g_ptr_array_remove_index(notices->codes, i);
            g_ptr_array_remove_index(notices->details, i);
            return TRUE;
        }
    }
    return FALSE;
}

gboolean wh_notices_set(WhNotices *notices, const char *code, const char *detail)
{
    if (detail != NULL && says(notices, code, detail))
        return FALSE;
    gboolean was_there = take_out(notices, code);
    if (detail == NULL)
        return was_there;
    g_warning("%s", detail);
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
