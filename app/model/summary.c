#include "app/model/summary.h"

#include "app/client/sentences.h"
#include "app/model/account_item_private.h"
#include "app/model/host_item_private.h"
#include "app/model/item_private.h"
#include "app/model/summary_notice.h"

#include <glib/gi18n.h>
#include <string.h>

/* Indexed by WhLinkState. */
static const struct {
    WhStatus status;
    const char *sentence;
    const char *next_step;
} links[] = {
    [WH_LINK_CONNECTING] = {WH_STATUS_OFFLINE, N_("Looking for the Wayhome service"), NULL},
    [WH_LINK_UP] = {WH_STATUS_OK, NULL, NULL},
    [WH_LINK_AWAY] =
        {WH_STATUS_OFFLINE, N_("The Wayhome service does not run on this computer"),
         N_("Restart the computer. If that does not help, install Wayhome again or ask "
            "whoever looks after this computer")},
    [WH_LINK_UNSAFE] = {WH_STATUS_ATTENTION,
                        N_("Another program answers in place of the Wayhome service"),
                        N_("Nothing was told to it. Ask whoever looks after this computer")},
    [WH_LINK_NOT_PERMITTED] = {WH_STATUS_ATTENTION,
                               N_("You are not permitted to use the Wayhome service of this "
                                  "computer"),
                               N_("Sign in at this computer, or ask whoever looks after it")},
    [WH_LINK_STRANGE] = {WH_STATUS_ATTENTION,
                         N_("The Wayhome service and this program are of different versions"),
                         N_("Restart the computer, so that both are the same")},
};

static WhHostItem *host_at(GListModel *hosts, guint i)
{
    g_autoptr(WhHostItem) item = g_list_model_get_item(hosts, i);
    return item;
}

static WhAccountItem *account_at(GListModel *accounts, guint i)
{
    g_autoptr(WhAccountItem) item = g_list_model_get_item(accounts, i);
    return item;
}

/* How many hosts have the status; *first is one of them. */
static gulong count_hosts(GListModel *hosts, WhStatus status, WhHostItem **first)
{
    gulong count = 0;
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        WhHostItem *host = host_at(hosts, i);
        if (wh_host_item_status(host) != status)
            continue;
        if (count++ == 0)
            *first = host;
    }
    return count;
}

/* What is said about one host by its name, and about several by their number. */
typedef struct {
    const char *one;
    const char *(*many)(gulong count);
} Phrase;

static const char *many_are_right(gulong count)
{
    return ngettext("%lu name is right", "%lu names are right", count);
}

static const char *many_need_you(gulong count)
{
    return ngettext("%lu name needs you", "%lu names need you", count);
}

static const char *many_wait(gulong count)
{
    return ngettext("%lu name waits for an address", "%lu names wait for an address", count);
}

static const char *many_are_updated(gulong count)
{
    return ngettext("Updating %lu name", "Updating %lu names", count);
}

static const char *many_are_not_right(gulong count)
{
    return ngettext("%lu name is not right yet", "%lu names are not right yet", count);
}

static const char *many_are_paused(gulong count)
{
    return ngettext("%lu name is paused", "%lu names are paused", count);
}

static const char *many_are_left_alone(gulong count)
{
    return ngettext("%lu name is left alone now", "%lu names are left alone now", count);
}

static const Phrase is_right = {N_("%s is right"), many_are_right};
static const Phrase needs_you = {N_("%s needs you"), many_need_you};
static const Phrase waits = {N_("%s waits for an address"), many_wait};
static const Phrase is_updated = {N_("Updating %s"), many_are_updated};
static const Phrase is_not_right = {N_("%s is not right yet"), many_are_not_right};
static const Phrase is_paused = {N_("%s is paused"), many_are_paused};
static const Phrase is_left_alone = {N_("%s is left alone now"), many_are_left_alone};

/* `text` in the place that `mark` has in the phrase. */
static char *fill_in(const char *phrase, const char *mark, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(phrase, mark, 2);
    return g_strjoinv(text, parts);
}

static char *about_hosts(const Phrase *phrase, gulong count, WhHostItem *first)
{
    if (count == 1)
        return fill_in(_(phrase->one), "%s", wh_host_item_display_name(first));
    g_autofree char *number = g_strdup_printf("%lu", count);
    return fill_in(phrase->many(count), "%lu", number);
}

static void take_host_step(WhSummary *summary, WhHostItem *host)
{
    WhRecordItem *worst = wh_host_item_worst(host);
    if (worst == NULL)
        return;
    summary->next_step = g_strdup(wh_record_item_next_step(worst));
    summary->remedy = wh_record_item_remedy(worst);
    summary->host = g_strdup(wh_host_item_id(host));
    summary->account = g_strdup(wh_host_item_account(host));
}

static gboolean tell_hosts(WhSummary *summary, const WhSummaryFacts *facts, const Phrase *phrase)
{
    WhHostItem *first = NULL;
    gulong count = count_hosts(facts->hosts, summary->status, &first);
    if (count == 0)
        return FALSE;
    summary->sentence = about_hosts(phrase, count, first);
    take_host_step(summary, first);
    return TRUE;
}

static gboolean tell_accounts(WhSummary *summary, const WhSummaryFacts *facts)
{
    for (guint i = 0; i < g_list_model_get_n_items(facts->accounts); i++) {
        WhAccountItem *account = account_at(facts->accounts, i);
        if (wh_account_item_status(account) != WH_STATUS_ATTENTION)
            continue;
        summary->sentence =
            g_strdup_printf(_("The account “%s” needs you: %s"), wh_account_item_label(account),
                            wh_account_item_sentence(account));
        summary->next_step = g_strdup(wh_account_item_next_step(account));
        summary->remedy = wh_account_item_remedy(account);
        summary->account = g_strdup(wh_account_item_id(account));
        return TRUE;
    }
    return FALSE;
}

static void tell_attention(WhSummary *summary, const WhSummaryFacts *facts)
{
    if (tell_hosts(summary, facts, &needs_you) || tell_accounts(summary, facts))
        return;
    guint notice = wh_summary_notice_first(facts->service);
    summary->sentence = wh_summary_notice(facts->service, notice);
    summary->next_step = g_strdup(wh_summary_notice_own_step(facts->service, notice));
}

/* Those that leave names without an address, besides what is trouble. */
static gboolean takes_address(json_t *finding)
{
    static const char *const codes[] = {"vpn", "outside_few", "ipv6_temporary_only", NULL};
    return strcmp(wh_item_text(finding, "weight"), "trouble") == 0 ||
           g_strv_contains(codes, wh_item_text(finding, "code"));
}

/* What the doctor says to do about it; NULL: it found no reason. */
static char *step_of_doctor(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (takes_address(finding))
            return wh_sentence_finding_next_step(finding);
    }
    return NULL;
}

static void tell_offline(WhSummary *summary, const WhSummaryFacts *facts)
{
    if (facts->has_address) {
        tell_hosts(summary, facts, &waits);
        return;
    }
    summary->sentence = g_strdup(_("The public address of this computer is not known"));
    summary->next_step = step_of_doctor(facts->findings);
    if (summary->next_step == NULL)
        summary->next_step = g_strdup(
            _("Check that this computer is connected to the internet; the rest goes by itself"));
}

static gboolean is_being_updated(WhHostItem *host)
{
    WhRecordItem *records[] = {wh_host_item_ipv4(host), wh_host_item_ipv6(host)};
    for (guint i = 0; i < G_N_ELEMENTS(records); i++) {
        if (records[i] != NULL && strcmp(wh_record_item_state(records[i]), "updating") == 0)
            return TRUE;
    }
    return FALSE;
}

/* What is being sent now, else what goes on by itself later. */
static void tell_updating(WhSummary *summary, const WhSummaryFacts *facts)
{
    gulong count = 0;
    WhHostItem *first = NULL;
    for (guint i = 0; i < g_list_model_get_n_items(facts->hosts); i++) {
        WhHostItem *host = host_at(facts->hosts, i);
        if (!is_being_updated(host))
            continue;
        if (count++ == 0)
            first = host;
    }
    if (count > 0)
        summary->sentence = about_hosts(&is_updated, count, first);
    else
        tell_hosts(summary, facts, &is_not_right);
}

/* The settings of at least one say so: nobody paused it. */
static gboolean is_any_left_alone(GListModel *hosts)
{
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        WhHostItem *host = host_at(hosts, i);
        WhRecordItem *worst = wh_host_item_worst(host);
        if (wh_host_item_status(host) == WH_STATUS_PAUSED && worst != NULL &&
            strcmp(wh_record_item_state(worst), "no_address") == 0)
            return TRUE;
    }
    return FALSE;
}

static void tell_paused(WhSummary *summary, const WhSummaryFacts *facts)
{
    if (!wh_item_flag(facts->service, "paused")) {
        tell_hosts(summary, facts, is_any_left_alone(facts->hosts) ? &is_left_alone : &is_paused);
        return;
    }
    summary->sentence = g_strdup(_("Everything is paused"));
    summary->next_step = g_strdup(_("Resume when you like"));
    summary->remedy = WH_REMEDY_RESUME;
}

static void tell_ok(WhSummary *summary, const WhSummaryFacts *facts)
{
    gulong count = g_list_model_get_n_items(facts->hosts);
    if (count == 0) {
        summary->sentence = g_strdup(_("No name yet"));
        summary->next_step = g_strdup(_("Add the first name"));
        return;
    }
    summary->sentence = about_hosts(&is_right, count, host_at(facts->hosts, 0));
}

/* Where nothing else is to be done, what would be good for the secrets. */
static void add_secrets_step(WhSummary *summary, const WhSummaryFacts *facts)
{
    gboolean matters = g_list_model_get_n_items(facts->accounts) > 0;
    if (summary->remedy != WH_REMEDY_NONE || summary->next_step != NULL || !matters)
        return;
    summary->remedy = wh_remedy_of_service(facts->service);
    summary->next_step = g_strdup(wh_summary_notice_secrets_step(summary->remedy));
}

static gboolean is_any_in_the_way(json_t *findings)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (strcmp(wh_item_text(finding, "weight"), "note") != 0)
            return TRUE;
    }
    return FALSE;
}

/* That names are right is not said alone where nobody can reach what they point to. */
static void add_findings_step(WhSummary *summary, const WhSummaryFacts *facts)
{
    if (summary->status != WH_STATUS_OK || summary->next_step != NULL ||
        !is_any_in_the_way(facts->findings))
        return;
    summary->next_step = step_of_doctor(facts->findings);
    if (summary->next_step == NULL)
        summary->next_step =
            g_strdup(_("Look in the window at what may keep others from reaching this "
                       "computer"));
}

static WhStatus overall(const WhSummaryFacts *facts)
{
    WhStatus status = wh_status_of_service(facts->service);
    for (guint i = 0; i < g_list_model_get_n_items(facts->accounts); i++)
        status = MAX(status, wh_account_item_status(account_at(facts->accounts, i)));
    for (guint i = 0; i < g_list_model_get_n_items(facts->hosts); i++)
        status = MAX(status, wh_host_item_status(host_at(facts->hosts, i)));
    return status;
}

static WhSummary tell_link(WhLinkState link)
{
    WhSummary summary = {.status = links[link].status};
    summary.sentence = g_strdup(_(links[link].sentence));
    if (links[link].next_step != NULL)
        summary.next_step = g_strdup(_(links[link].next_step));
    return summary;
}

WhSummary wh_summary_tell(const WhSummaryFacts *facts)
{
    if (facts->link != WH_LINK_UP)
        return tell_link(facts->link);
    static void (*const tell[])(WhSummary * summary, const WhSummaryFacts *facts) = {
        [WH_STATUS_OK] = tell_ok,
        [WH_STATUS_PAUSED] = tell_paused,
        [WH_STATUS_UPDATING] = tell_updating,
        [WH_STATUS_OFFLINE] = tell_offline,
        [WH_STATUS_ATTENTION] = tell_attention,
    };
    WhSummary summary = {.status = overall(facts)};
    tell[summary.status](&summary, facts);
    add_secrets_step(&summary, facts);
    add_findings_step(&summary, facts);
    return summary;
}
