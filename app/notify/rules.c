#include "app/notify/rules.h"

#include "app/client/sentence_time.h"
#include "app/notify/rules_lines.h"

#include <glib/gi18n.h>
#include <string.h>

/* What ends by itself within this time is nobody's business: the keyring that the desktop unlocks
 * while it signs in, a provider's short pause. */
#define PATIENCE_NEEDS (10 * G_TIME_SPAN_SECOND)
#define PATIENCE_LATE (15 * G_TIME_SPAN_MINUTE)

void wh_rules_message_free(WhRulesMessage *message)
{
    if (message == NULL)
        return;
    g_free(message->key);
    g_free(message->title);
    g_free(message->body);
    g_free(message->host);
    g_free(message->copy);
    g_free(message);
}

/* Takes title and body over. */
static WhRulesMessage *message_new(const char *key, char *title, char *body, WhStatus status,
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

/* A later change of the same record takes the place of this one. */
static gboolean is_outdated(const WhRulesChange *changes, guint count, guint index)
{
    for (guint i = index + 1; i < count; i++)
        if (strcmp(changes[i].host, changes[index].host) == 0 &&
            strcmp(changes[i].family, changes[index].family) == 0)
            return TRUE;
    return FALSE;
}

/* The address that all of this family have in common, or NULL. */
static const char *common_address(const WhRulesChange *changes, guint count, const char *family)
{
    const char *address = NULL;

    for (guint i = 0; i < count; i++) {
        if (strcmp(changes[i].family, family) != 0 || is_outdated(changes, count, i))
            continue;
        if (address != NULL && strcmp(address, changes[i].address) != 0)
            return NULL;
        address = changes[i].address;
    }
    return address;
}

/* IPv4 first: it is what people type. */
static void offer_copy(WhRulesMessage *message, const WhRulesChange *changes, guint count)
{
    const char *ipv4 = common_address(changes, count, "IPv4");
    const char *ipv6 = common_address(changes, count, "IPv6");
    gboolean has_ipv4 = FALSE;
    gboolean has_ipv6 = FALSE;

    for (guint i = 0; i < count; i++) {
        has_ipv4 |= strcmp(changes[i].family, "IPv4") == 0;
        has_ipv6 |= strcmp(changes[i].family, "IPv6") == 0;
    }
    if (ipv4 != NULL)
        message->copy = g_strdup(ipv4);
    else if (ipv6 != NULL && !has_ipv4)
        message->copy = g_strdup(ipv6);
    message->copy_label = ipv4 != NULL && has_ipv6 ? _("Copy IPv4 address") : _("Copy address");
}

typedef struct {
    gboolean first;  /* it had no address */
    gboolean anew;   /* an address that it did not have */
    gboolean proven; /* all that changed is */
} Verdict;

static Verdict judge(const WhRulesChange *changes, guint count, const char *host)
{
    Verdict verdict = {.proven = TRUE};

    for (guint i = 0; i < count; i++) {
        if (strcmp(changes[i].host, host) != 0 || is_outdated(changes, count, i))
            continue;
        verdict.first |= changes[i].first;
        verdict.anew |= strcmp(changes[i].before, changes[i].address) != 0;
        verdict.proven &= changes[i].proven;
    }
    return verdict;
}

static char *title_of_one(const WhRulesChange *change, Verdict verdict)
{
    if (verdict.first)
        /* Translators: %s is a name like home.example.org. */
        return g_strdup_printf(_("%s leads here now"), change->name);
    if (verdict.anew)
        return g_strdup_printf(_("%s has a new address"), change->name);
    return g_strdup_printf(_("%s is set right again"), change->name);
}

/* Addresses of each name in the order in which they came. */
static WhRulesLines *lines_of_changes(const WhRulesChange *changes, guint count)
{
    WhRulesLines *lines = wh_rules_lines_new();

    for (guint i = 0; i < count; i++)
        if (!is_outdated(changes, count, i))
            wh_rules_lines_add(lines, changes[i].host, changes[i].name, changes[i].address);
    return lines;
}

static WhRulesMessage *change_of_one(const WhRulesChange *change, Verdict verdict,
                                     WhRulesLines *lines)
{
    g_autofree char *key = g_strconcat("change/", change->host, NULL);
    g_autofree char *addresses = wh_rules_lines_values(lines, 0);
    WhRulesMessage *message =
        message_new(key, title_of_one(change, verdict), NULL, WH_STATUS_OK, WH_NOTIFIER_NORMAL);

    message->body = verdict.proven
                        /* Translators: %s is one address, or two with a comma. */
                        ? g_strdup_printf(_("%s · proven by the zone's servers"), addresses)
                        : g_strdup(addresses);
    message->host = g_strdup(change->host);
    return message;
}

WhRulesMessage *wh_rules_changes(const WhRulesChange *changes, guint count,
                                 const WhRulesSettings *settings)
{
    g_autoptr(WhRulesLines) lines = NULL;
    WhRulesMessage *message;
    guint names;

    if (count == 0 || settings->off[WH_RULES_CHANGE])
        return NULL;
    lines = lines_of_changes(changes, count);
    names = wh_rules_lines_count(lines);
    if (names == 1)
        message = change_of_one(&changes[count - 1], judge(changes, count, changes[0].host), lines);
    else
        message = message_new(
            "changes",
            g_strdup_printf(
                ngettext("%u name has a new address", "%u names have new addresses", names), names),
            wh_rules_lines_text(lines), WH_STATUS_OK, WH_NOTIFIER_NORMAL);
    offer_copy(message, changes, count);
    return message;
}

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

/* A name whose account needs somebody waits for the account. */
static gboolean is_covered(const WhRulesTrouble *troubles, guint count,
                           const WhRulesTrouble *trouble)
{
    for (guint i = 0; trouble->account != NULL && i < count; i++)
        if (troubles[i].host == NULL && troubles[i].status == WH_STATUS_ATTENTION &&
            g_strcmp0(troubles[i].id, trouble->account) == 0)
            return TRUE;
    return FALSE;
}

/* Those of this sort that are due, of WhRulesTrouble; empty when all of them are told. */
static GPtrArray *due_now(const WhRulesTrouble *troubles, guint count, gint64 now,
                          gboolean attention)
{
    GPtrArray *due = g_ptr_array_new();
    gboolean news = FALSE;

    for (guint i = 0; i < count; i++) {
        if ((troubles[i].status == WH_STATUS_ATTENTION) != attention ||
            wh_rules_due(&troubles[i]) > now || is_covered(troubles, count, &troubles[i]))
            continue;
        g_ptr_array_add(due, (gpointer)&troubles[i]);
        news |= !troubles[i].told;
    }
    if (!news)
        g_ptr_array_set_size(due, 0);
    return due;
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

WhRulesMessage *wh_rules_needs(const WhRulesTrouble *troubles, guint count, gint64 now,
                               const WhRulesSettings *settings)
{
    g_autoptr(GPtrArray) due = due_now(troubles, count, now, TRUE);
    WhRulesMessage *message;
    char *title;

    if (due->len == 0 || settings->off[WH_RULES_TROUBLE])
        return NULL;
    title = due->len == 1
                /* Translators: %s is a name like home.example.org, or what an account is called. */
                ? g_strdup_printf(_("%s needs you"),
                                  ((WhRulesTrouble *)g_ptr_array_index(due, 0))->name)
                : g_strdup_printf(ngettext("%u thing needs you", "%u things need you", due->len),
                                  due->len);
    message = message_new(WH_RULES_KEY_NEEDS, title, body_of(due), WH_STATUS_ATTENTION,
                          WH_NOTIFIER_CRITICAL);
    message->host = g_strdup(host_of(due));
    return message;
}

WhRulesMessage *wh_rules_late(const WhRulesTrouble *troubles, guint count, gint64 now,
                              const WhRulesSettings *settings)
{
    g_autoptr(GPtrArray) due = due_now(troubles, count, now, FALSE);
    const WhRulesTrouble *first;
    WhRulesMessage *message;
    char *title;

    if (due->len == 0 || settings->off[WH_RULES_TROUBLE])
        return NULL;
    first = g_ptr_array_index(due, 0);
    if (due->len == 1)
        title = g_strdup_printf(is_service(first) ? _("%s hears nothing from its service")
                                                  : _("%s does not have the right address yet"),
                                first->name);
    else
        title = g_strdup_printf(ngettext("%u name does not have the right address yet",
                                         "%u names do not have the right address yet", due->len),
                                due->len);
    message =
        message_new(WH_RULES_KEY_LATE, title, body_of(due), first->status, WH_NOTIFIER_NORMAL);
    message->host = g_strdup(host_of(due));
    return message;
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
    message = message_new(WH_RULES_KEY_LATE, title, body_of(all), WH_STATUS_OK, WH_NOTIFIER_NORMAL);
    message->host = g_strdup(host_of(all));
    return message;
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
    message = message_new(WH_RULES_KEY_SUMMARY,
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
