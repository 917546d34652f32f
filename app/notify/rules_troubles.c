#include "app/notify/rules_lines.h"
#include "app/notify/rules_private.h"

#include <glib/gi18n.h>
#include <string.h>

/* What ends by itself within this time is nobody's business: the keyring that the desktop unlocks
 * while it signs in, a provider's short pause. */
#define PATIENCE_NEEDS (10 * G_TIME_SPAN_SECOND)
#define PATIENCE_LATE (15 * G_TIME_SPAN_MINUTE)

static gboolean is_service(const WhRulesTrouble *trouble)
{
    return strcmp(trouble->id, WH_RULES_SERVICE) == 0;
}

/* What is offline is left alone: no message helps against it, and whoever travels would get one an
 * hour. The service itself is never on a journey. */
static gboolean is_late_kind(const WhRulesTrouble *trouble)
{
    return trouble->status == WH_STATUS_UPDATING ||
           (trouble->status == WH_STATUS_OFFLINE && is_service(trouble));
}

gint64 wh_rules_due(const WhRulesTrouble *trouble)
{
    if (trouble->status == WH_STATUS_ATTENTION)
        return trouble->since + PATIENCE_NEEDS;
    return is_late_kind(trouble) ? trouble->since + PATIENCE_LATE : G_MAXINT64;
}

/* What waits for something else that is told waits with it: a name for its account, an account for
 * the keyring, all that is late for the service. */
static gboolean covers(const WhRulesTrouble *other, const WhRulesTrouble *trouble, gint64 now)
{
    if (other == trouble || other->host != NULL)
        return FALSE;
    if (other->status == WH_STATUS_ATTENTION)
        return g_strcmp0(other->id, trouble->account) == 0;
    return is_service(other) && is_late_kind(trouble) && wh_rules_due(other) <= now;
}

static gboolean is_covered(const WhRulesTrouble *troubles, guint count,
                           const WhRulesTrouble *trouble, gint64 now)
{
    for (guint i = 0; i < count; i++)
        if (covers(&troubles[i], trouble, now))
            return TRUE;
    return FALSE;
}

/* Those of this sort that are due, of WhRulesTrouble. */
static GPtrArray *due_now(const WhRulesTrouble *troubles, guint count, gint64 now,
                          gboolean attention)
{
    GPtrArray *due = g_ptr_array_new();

    for (guint i = 0; i < count; i++)
        if ((troubles[i].status == WH_STATUS_ATTENTION) == attention &&
            wh_rules_due(&troubles[i]) <= now && !is_covered(troubles, count, &troubles[i], now))
            g_ptr_array_add(due, (gpointer)&troubles[i]);
    return due;
}

gboolean wh_rules_is_any_due(const WhRulesTrouble *troubles, guint count, gint64 now,
                             gboolean attention)
{
    g_autoptr(GPtrArray) due = due_now(troubles, count, now, attention);

    return due->len > 0;
}

static gboolean has_news(GPtrArray *due)
{
    for (guint i = 0; i < due->len; i++)
        if (!((const WhRulesTrouble *)g_ptr_array_index(due, i))->told)
            return TRUE;
    return FALSE;
}

static gboolean is_as_shown(GPtrArray *due, const char *const *shown)
{
    if (shown == NULL)
        return TRUE;
    for (guint i = 0; i < due->len; i++)
        if (!g_strv_contains(shown, ((const WhRulesTrouble *)g_ptr_array_index(due, i))->id))
            return FALSE;
    return g_strv_length((char **)shown) == due->len;
}

static char **ids_of(GPtrArray *due)
{
    g_autoptr(GStrvBuilder) ids = g_strv_builder_new();

    for (guint i = 0; i < due->len; i++)
        g_strv_builder_add(ids, ((const WhRulesTrouble *)g_ptr_array_index(due, i))->id);
    return g_strv_builder_end(ids);
}

static char *body_of_one(const WhRulesTrouble *trouble)
{
    if (trouble->next_step == NULL || *trouble->next_step == '\0')
        return g_strdup(trouble->sentence);
    return g_strconcat(trouble->sentence, "\n", trouble->next_step, NULL);
}

static char *body_of(GPtrArray *troubles)
{
    g_autoptr(WhRulesLines) lines = NULL;

    if (troubles->len == 1)
        return body_of_one(g_ptr_array_index(troubles, 0));
    lines = wh_rules_lines_new();
    for (guint i = 0; i < troubles->len; i++) {
        const WhRulesTrouble *trouble = g_ptr_array_index(troubles, i);

        wh_rules_lines_add(lines, trouble->id, trouble->name, trouble->sentence);
    }
    return wh_rules_lines_text(lines);
}

static const char *host_of(GPtrArray *troubles)
{
    return troubles->len == 1 ? ((WhRulesTrouble *)g_ptr_array_index(troubles, 0))->host : NULL;
}

static char *title_of_needs(GPtrArray *due)
{
    if (due->len == 1)
        /* Translators: %s is a name like home.example.org, or what an account is called. */
        return g_strdup_printf(_("%s needs you"),
                               ((WhRulesTrouble *)g_ptr_array_index(due, 0))->name);
    return g_strdup_printf(ngettext("%u thing needs you", "%u things need you", due->len),
                           due->len);
}

static char *title_of_late(GPtrArray *due)
{
    const WhRulesTrouble *first = g_ptr_array_index(due, 0);

    if (due->len == 1)
        return g_strdup_printf(is_service(first) ? _("%s hears nothing from its service")
                                                 : _("%s does not have the right address yet"),
                               first->name);
    return g_strdup_printf(ngettext("%u name does not have the right address yet",
                                    "%u names do not have the right address yet", due->len),
                           due->len);
}

/* Takes the title over. What the person has read about only takes the place of what says too much.
 */
static WhRulesMessage *message_about(GPtrArray *due, const char *key, char *title, WhStatus status,
                                     WhNotifierUrgency urgency)
{
    gboolean news = has_news(due);
    WhRulesMessage *message =
        wh_rules_message_new(key, title, body_of(due), status, news ? urgency : WH_NOTIFIER_NORMAL);

    message->host = g_strdup(host_of(due));
    message->about = ids_of(due);
    message->only_replaces = !news;
    return message;
}

static gboolean is_worth_it(GPtrArray *due, const char *const *shown,
                            const WhRulesSettings *settings)
{
    return due->len > 0 && !settings->off[WH_RULES_TROUBLE] &&
           (has_news(due) || !is_as_shown(due, shown));
}

WhRulesMessage *wh_rules_needs(const WhRulesTrouble *troubles, guint count, gint64 now,
                               const char *const *shown, const WhRulesSettings *settings)
{
    g_autoptr(GPtrArray) due = due_now(troubles, count, now, TRUE);

    if (!is_worth_it(due, shown, settings))
        return NULL;
    return message_about(due, WH_RULES_KEY_NEEDS, title_of_needs(due), WH_STATUS_ATTENTION,
                         WH_NOTIFIER_CRITICAL);
}

WhRulesMessage *wh_rules_late(const WhRulesTrouble *troubles, guint count, gint64 now,
                              const char *const *shown, const WhRulesSettings *settings)
{
    g_autoptr(GPtrArray) due = due_now(troubles, count, now, FALSE);

    if (!is_worth_it(due, shown, settings))
        return NULL;
    return message_about(due, WH_RULES_KEY_LATE, title_of_late(due),
                         ((const WhRulesTrouble *)g_ptr_array_index(due, 0))->status,
                         WH_NOTIFIER_NORMAL);
}

WhRulesMessage *wh_rules_recovered(const WhRulesTrouble *troubles, guint count,
                                   const WhRulesSettings *settings)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    WhRulesMessage *message;
    char *title;

    if (count == 0 || settings->off[WH_RULES_RECOVERY])
        return NULL;
    for (guint i = 0; i < count; i++)
        g_ptr_array_add(all, (gpointer)&troubles[i]);
    if (count == 1)
        title = g_strdup_printf(is_service(&troubles[0]) ? _("%s hears from its service again")
                                                         : _("%s is right again"),
                                troubles[0].name);
    else
        title = g_strdup_printf(
            ngettext("%u name is right again", "%u names are right again", count), count);
    message = wh_rules_message_new(WH_RULES_KEY_RECOVERY, title, body_of(all), WH_STATUS_OK,
                                   WH_NOTIFIER_NORMAL);
    message->host = g_strdup(host_of(all));
    return message;
}
