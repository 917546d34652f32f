#include "app/client/sentence_time.h"

#include <glib/gi18n.h>

#define SECOND ((gint64)1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static GDateTime *local_time(gint64 at)
{
    g_autoptr(GDateTime) whole = g_date_time_new_from_unix_local(at / SECOND);
    return whole != NULL ? g_date_time_add(whole, at % SECOND) : NULL;
}

static gboolean is_same_day(GDateTime *a, GDateTime *b)
{
    return g_date_time_get_year(a) == g_date_time_get_year(b) &&
           g_date_time_get_day_of_year(a) == g_date_time_get_day_of_year(b);
}

char *wh_sentence_time_clock(gint64 at, gint64 now)
{
    g_autoptr(GDateTime) then = local_time(at);
    g_autoptr(GDateTime) today = local_time(now);
    if (then == NULL || today == NULL)
        return g_strdup(_("an unknown time"));
    /* Translators: a time of day, and a date with a time of day; see the manual of strftime(3). */
    return g_date_time_format(then, is_same_day(then, today) ? _("%H:%M") : _("%x %H:%M"));
}

char *wh_sentence_time_ago(gint64 at, gint64 now)
{
    gint64 passed = MAX(now - at, 0);
    if (passed < MINUTE)
        return g_strdup(_("just now"));
    if (passed < HOUR) {
        gulong n = (gulong)(passed / MINUTE);
        return g_strdup_printf(ngettext("%lu minute ago", "%lu minutes ago", n), n);
    }
    if (passed < DAY) {
        gulong n = (gulong)(passed / HOUR);
        return g_strdup_printf(ngettext("%lu hour ago", "%lu hours ago", n), n);
    }
    gulong n = (gulong)(passed / DAY);
    return g_strdup_printf(ngettext("%lu day ago", "%lu days ago", n), n);
}

char *wh_sentence_time_exact(gint64 at)
{
    g_autoptr(GDateTime) then = local_time(at);
    if (then == NULL)
        return g_strdup("--:--:--.---");
    g_autofree char *seconds = g_date_time_format(then, "%H:%M:%S");
    return g_strdup_printf("%s.%03d", seconds, g_date_time_get_microsecond(then) / 1000);
}
