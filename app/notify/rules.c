#include "app/notify/rules.h"

#include "app/client/sentence_time.h"
#include "app/notify/rules_lines.h"
#include "app/notify/rules_private.h"

#include <glib/gi18n.h>
#include <string.h>

void wh_rules_message_free(WhRulesMessage *message)
{
    if (message == NULL)
        return;
    g_free(message->key);
    g_free(message->title);
    g_free(message->body);
    g_free(message->host);
    g_free(message->copy);
    g_strfreev(message->about);
    g_free(message);
}

WhRulesMessage *wh_rules_message_new(const char *key, char *title, char *body, WhStatus status,
                                     WhNotifierUrgency urgency)
{
    WhRulesMessage *message = g_new0(WhRulesMessage, 1);

    message->key = g_strdup(key);
    message->title = title;
    message->body = body;
    message->icon = wh_status_icon(status);
    message->urgency = urgency;
    return message;
}

gboolean wh_rules_is_change(const WhRulesEvent *event)
{
    return strcmp(event->kind, "answered") == 0 && strcmp(event->result_class, "CHANGED") == 0 &&
           *event->host != '\0' && *event->name != '\0' && *event->address != '\0';
}

/* How often this name changed, its families taken together: both change at once. */
static guint times_changed(const WhRulesEvent *events, guint count, gint64 seen, const char *host)
{
    guint ipv4 = 0;
    guint ipv6 = 0;

    for (guint i = 0; i < count; i++) {
        if (events[i].id <= seen || !wh_rules_is_change(&events[i]) ||
            strcmp(events[i].host, host) != 0)
            continue;
        ipv4 += strcmp(events[i].family, "IPv4") == 0;
        ipv6 += strcmp(events[i].family, "IPv6") == 0;
    }
    return MAX(ipv4, ipv6);
}

/* The latest address of each family; a name's changes stand newest first. */
static gboolean is_latest(const WhRulesEvent *events, guint index)
{
    for (guint i = 0; i < index; i++)
        if (wh_rules_is_change(&events[i]) && strcmp(events[i].host, events[index].host) == 0 &&
            strcmp(events[i].family, events[index].family) == 0)
            return FALSE;
    return TRUE;
}

static char *since_when(const WhRulesEvent *last, guint times, const char *addresses, gint64 now)
{
    g_autofree char *clock = wh_sentence_time_clock(last->at, now);

    if (times < 2)
        /* Translators: an address, and a time of day. */
        return g_strdup_printf(_("%s since %s"), addresses, clock);
    return g_strdup_printf(
        ngettext("%s since %s; it changed %u time", "%s since %s; it changed %u times", times),
        addresses, clock, times);
}

WhRulesMessage *wh_rules_summary(const WhRulesEvent *events, guint count, gint64 seen, gint64 now,
                                 const WhRulesSettings *settings)
{
    g_autoptr(WhRulesLines) lines = wh_rules_lines_new();
    g_autofree char *addresses = NULL;
    const WhRulesEvent *last = NULL;
    WhRulesMessage *message;
    guint names;

    for (guint i = 0; i < count; i++) {
        if (events[i].id <= seen || !wh_rules_is_change(&events[i]) || !is_latest(events, i))
            continue;
        last = last != NULL ? last : &events[i];
        wh_rules_lines_add(lines, events[i].host, events[i].name, events[i].address);
    }
    names = wh_rules_lines_count(lines);
    if (names == 0 || settings->off[WH_RULES_CHANGE])
        return NULL;
    message = wh_rules_message_new(
        WH_RULES_KEY_SUMMARY,
        g_strdup_printf(ngettext("While you were away, %u name changed",
                                 "While you were away, %u names changed", names),
                        names),
        NULL, WH_STATUS_OK, WH_NOTIFIER_LOW);
    if (names > 1) {
        message->body = wh_rules_lines_text(lines);
        return message;
    }
    g_free(message->title);
    message->title = g_strdup_printf(_("While you were away, %s changed"), last->name);
    addresses = wh_rules_lines_values(lines, 0);
    message->body =
        since_when(last, times_changed(events, count, seen, last->host), addresses, now);
    message->host = g_strdup(last->host);
    return message;
}
