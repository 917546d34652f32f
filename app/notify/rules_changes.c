#include "app/notify/rules_lines.h"
#include "app/notify/rules_private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Both addresses of a name come within the first time. While more is under way, or a message is
 * still being read, the second lets all of it become one; the third ends the wait. */
#define QUIET_SHORT (300 * G_TIME_SPAN_MILLISECOND)
#define QUIET_LONG (2 * G_TIME_SPAN_SECOND)
#define COLLECTED_MOST (12 * G_TIME_SPAN_SECOND)

/* How long a message can grow after it was shown last, and first. */
#define JOINED_SINCE_LAST (10 * G_TIME_SPAN_SECOND)
#define JOINED_SINCE_FIRST (60 * G_TIME_SPAN_SECOND)

gboolean wh_rules_joins(const WhRulesMoment *moment)
{
    return moment->told != 0 && moment->first - moment->told <= JOINED_SINCE_LAST &&
           moment->first - moment->told_first <= JOINED_SINCE_FIRST;
}

gint64 wh_rules_moment_ends(const WhRulesMoment *moment, gboolean updating)
{
    gint64 quiet = updating || wh_rules_joins(moment) ? QUIET_LONG : QUIET_SHORT;

    return MIN(moment->last + quiet, moment->first + COLLECTED_MOST);
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

/* Only the zone's own servers can say that a name leads here. */
static char *title_of_one(const WhRulesChange *change, Verdict verdict)
{
    if (verdict.first && verdict.proven)
        /* Translators: %s is a name like home.example.org. */
        return g_strdup_printf(_("%s leads here now"), change->name);
    if (verdict.first)
        /* Translators: %s is a name like home.example.org. */
        return g_strdup_printf(_("The provider took the address of %s"), change->name);
    if (verdict.anew)
        return g_strdup_printf(_("%s has a new address"), change->name);
    return g_strdup_printf(_("%s is set right again"), change->name);
}

/* What is true of every one of `names` names. */
static char *title_of_several(const WhRulesChange *changes, guint count, guint names)
{
    gboolean first = TRUE;
    gboolean proven = TRUE;
    gboolean anew = TRUE;
    gboolean healed = TRUE;

    for (guint i = 0; i < count; i++) {
        Verdict verdict = judge(changes, count, changes[i].host);

        first &= verdict.first;
        proven &= verdict.proven;
        anew &= verdict.anew;
        healed &= !verdict.anew;
    }
    if (first && proven)
        return g_strdup_printf(ngettext("%u name leads here now", "%u names lead here now", names),
                               names);
    if (first)
        return g_strdup_printf(ngettext("The provider took the address of %u name",
                                        "The provider took the addresses of %u names", names),
                               names);
    if (anew)
        return g_strdup_printf(
            ngettext("%u name has a new address", "%u names have new addresses", names), names);
    if (healed)
        return g_strdup_printf(
            ngettext("%u name is set right again", "%u names are set right again", names), names);
    return g_strdup_printf(ngettext("%u name was updated", "%u names were updated", names), names);
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
    g_autofree char *key = g_strconcat(WH_RULES_KEY_CHANGE, change->host, NULL);
    g_autofree char *addresses = wh_rules_lines_values(lines, 0);
    WhRulesMessage *message = wh_rules_message_new(key, title_of_one(change, verdict), NULL,
                                                   WH_STATUS_OK, WH_NOTIFIER_NORMAL);

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
        message =
            wh_rules_message_new("changes", title_of_several(changes, count, names),
                                 wh_rules_lines_text(lines), WH_STATUS_OK, WH_NOTIFIER_NORMAL);
    offer_copy(message, changes, count);
    return message;
}

WhRulesMessage *wh_rules_proof(const WhRulesChange *changes, guint count,
                               const WhRulesSettings *settings)
{
    WhRulesMessage *message = wh_rules_changes(changes, count, settings);

    if (message == NULL)
        return NULL;
    message->urgency = WH_NOTIFIER_LOW;
    message->only_replaces = TRUE;
    return message;
}
