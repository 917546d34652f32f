#include "service/doctor/dates.h"

#define MAX_KEPT 4

/* Servers' clocks are never the same to the second, and an answer may have been under way for a
 * while. */
#define AGREEMENT (2 * WH_MINUTE)

typedef struct {
    char *server;
    gboolean secure;
    gint64 off;
} Word;

/* words: of different servers, the newest last. */
struct WhDates {
    GArray *words;
    gboolean refused;
};

static void word_clear(gpointer data)
{
    g_free(((Word *)data)->server);
}

WhDates *wh_dates_new(void)
{
    WhDates *dates = g_new0(WhDates, 1);

    dates->words = g_array_new(FALSE, FALSE, sizeof(Word));
    g_array_set_clear_func(dates->words, word_clear);
    return dates;
}

void wh_dates_free(WhDates *dates)
{
    if (dates == NULL)
        return;
    g_array_unref(dates->words);
    g_free(dates);
}

static void drop(WhDates *dates, const char *server)
{
    for (guint i = dates->words->len; i > 0; i--)
        if (g_str_equal(g_array_index(dates->words, Word, i - 1).server, server))
            g_array_remove_index(dates->words, i - 1);
    if (dates->words->len >= MAX_KEPT)
        g_array_remove_index(dates->words, 0);
}

/* Within a minute it is the same for people. */
static gboolean is_another(gboolean knew, gint64 before, gboolean knows, gint64 after)
{
    return knew != knows || (knows && ABS(before - after) >= WH_MINUTE);
}

gboolean wh_dates_take(WhDates *dates, const char *server, gboolean secure, gint64 date,
                       gint64 here)
{
    Word word = {.server = g_strdup(server), .secure = secure, .off = here - date};
    gint64 before = 0;
    gint64 after = 0;
    gboolean knew = wh_dates_off(dates, &before);
    gboolean was_refused = dates->refused;

    drop(dates, server);
    g_array_append_val(dates->words, word);
    if (secure)
        dates->refused = FALSE;
    gboolean knows = wh_dates_off(dates, &after);
    return was_refused != dates->refused || is_another(knew, before, knows, after);
}

gboolean wh_dates_take_refusal(WhDates *dates)
{
    gboolean is_new = !dates->refused;

    dates->refused = TRUE;
    return is_new;
}

void wh_dates_forget(WhDates *dates)
{
    g_array_set_size(dates->words, 0);
    dates->refused = FALSE;
}

gboolean wh_dates_off(WhDates *dates, gint64 *off)
{
    const Word *newest =
        dates->words->len > 0 ? &g_array_index(dates->words, Word, dates->words->len - 1) : NULL;
    gboolean secure = newest != NULL && newest->secure;
    guint agree = 0;

    for (guint i = 0; i < dates->words->len; i++) {
        const Word *word = &g_array_index(dates->words, Word, i);

        if (ABS(word->off - newest->off) > AGREEMENT)
            continue;
        agree++;
        secure = secure || word->secure;
    }
    if (agree == 0 || !((agree > 1 && secure) || dates->refused))
        return FALSE;
    *off = newest->off;
    return TRUE;
}

gboolean wh_dates_refused(WhDates *dates)
{
    return dates->refused;
}

gboolean wh_dates_doubtful(WhDates *dates, gint64 tolerance)
{
    gint64 off;

    if (wh_dates_off(dates, &off))
        return FALSE;
    for (guint i = 0; i < dates->words->len; i++)
        if (ABS(g_array_index(dates->words, Word, i).off) > tolerance)
            return TRUE;
    return dates->refused;
}
