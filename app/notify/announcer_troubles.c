#include "app/notify/announcer_troubles.h"

#include <string.h>

/* More is wrong with no service. */
#define NOTICES_MOST 16
#define NOTICE WH_RULES_SERVICE "/"
#define KEYRING_LOCKED NOTICE "keyring_locked"

/* Owns the texts of `trouble`. found: the model has it still. */
typedef struct {
    WhRulesTrouble trouble;
    gboolean found;
} Entry;

struct WhAnnouncerTroubles {
    char *name;
    GPtrArray *entries; /* of Entry */
    GPtrArray *ended;   /* of Entry, for `over` */
    GArray *all;
    GArray *over;
};

static void entry_free(gpointer data)
{
    Entry *entry = data;

    g_free((char *)entry->trouble.id);
    g_free((char *)entry->trouble.account);
    g_free((char *)entry->trouble.host);
    g_free((char *)entry->trouble.name);
    g_free((char *)entry->trouble.sentence);
    g_free((char *)entry->trouble.next_step);
    g_free(entry);
}

WhAnnouncerTroubles *wh_announcer_troubles_new(const char *name)
{
    WhAnnouncerTroubles *troubles = g_new0(WhAnnouncerTroubles, 1);

    troubles->name = g_strdup(name);
    troubles->entries = g_ptr_array_new_with_free_func(entry_free);
    troubles->ended = g_ptr_array_new_with_free_func(entry_free);
    troubles->all = g_array_new(FALSE, TRUE, sizeof(WhRulesTrouble));
    troubles->over = g_array_new(FALSE, TRUE, sizeof(WhRulesTrouble));
    return troubles;
}

void wh_announcer_troubles_free(WhAnnouncerTroubles *troubles)
{
    g_ptr_array_unref(troubles->entries);
    g_ptr_array_unref(troubles->ended);
    g_array_unref(troubles->all);
    g_array_unref(troubles->over);
    g_free(troubles->name);
    g_free(troubles);
}

static Entry *find(WhAnnouncerTroubles *troubles, const char *id)
{
    for (guint i = 0; i < troubles->entries->len; i++) {
        Entry *entry = g_ptr_array_index(troubles->entries, i);

        if (strcmp(entry->trouble.id, id) == 0)
            return entry;
    }
    return NULL;
}

static void replace(const char **where, const char *text)
{
    g_free((char *)*where);
    *where = g_strdup(text);
}

/* The same thing in another state is something new. */
static void take(WhAnnouncerTroubles *troubles, const WhRulesTrouble *said, gint64 now)
{
    Entry *entry = find(troubles, said->id);

    if (entry == NULL) {
        entry = g_new0(Entry, 1);
        entry->trouble.id = g_strdup(said->id);
        g_ptr_array_add(troubles->entries, entry);
    }
    if (entry->trouble.status != said->status) {
        entry->trouble.status = said->status;
        entry->trouble.since = now;
        entry->trouble.told = FALSE;
    }
    replace(&entry->trouble.account, said->account);
    replace(&entry->trouble.host, said->host);
    replace(&entry->trouble.name, said->name);
    replace(&entry->trouble.sentence, said->sentence);
    replace(&entry->trouble.next_step, said->next_step);
    entry->found = TRUE;
}

/* What lacks the keyring only waits for the service's word about it. */
static void take_account(WhAnnouncerTroubles *troubles, WhAccountItem *account, gint64 now)
{
    gboolean locked = wh_account_item_remedy(account) == WH_REMEDY_UNLOCK_KEYRING;
    WhRulesTrouble said = {.id = wh_account_item_id(account),
                           .account = locked ? KEYRING_LOCKED : NULL,
                           .name = wh_account_item_label(account),
                           .sentence = wh_account_item_sentence(account),
                           .next_step = wh_account_item_next_step(account)};

    g_object_get(account, "status", &said.status, NULL);
    if (said.status == WH_STATUS_ATTENTION)
        take(troubles, &said, now);
}

/* What the person can do for the record that the host's status comes from. */
static const char *next_step_of(WhHostItem *host)
{
    WhRecordItem *records[] = {wh_host_item_ipv4(host), wh_host_item_ipv6(host)};

    for (guint i = 0; i < G_N_ELEMENTS(records); i++)
        if (records[i] != NULL && wh_record_item_status(records[i]) == wh_host_item_status(host))
            return wh_record_item_next_step(records[i]);
    return NULL;
}

static void take_host(WhAnnouncerTroubles *troubles, WhHostItem *host, gint64 now)
{
    WhRulesTrouble said = {.id = wh_host_item_id(host),
                           .account = wh_host_item_account(host),
                           .host = wh_host_item_id(host),
                           .name = wh_host_item_display_name(host),
                           .status = wh_host_item_status(host),
                           .sentence = wh_host_item_sentence(host),
                           .next_step = next_step_of(host)};

    if (said.status == WH_STATUS_ATTENTION || said.status == WH_STATUS_UPDATING)
        take(troubles, &said, now);
}

/* Each is a trouble of its own, whatever else is wrong: its time does not begin anew with others.
 */
static void take_notices(WhAnnouncerTroubles *troubles, WhModel *model, gint64 now)
{
    for (guint i = 0; i < MIN(wh_model_n_notices(model), NOTICES_MOST); i++) {
        if (!wh_model_notice_is_pressing(model, i))
            continue;
        g_autofree char *sentence = wh_model_notice_sentence(model, i);
        g_autofree char *next_step = wh_model_notice_next_step(model, i);
        g_autofree char *id = g_strconcat(NOTICE, wh_model_notice(model, i), NULL);
        WhRulesTrouble said = {.id = id,
                               .name = troubles->name,
                               .status = WH_STATUS_ATTENTION,
                               .sentence = sentence,
                               .next_step = next_step};

        take(troubles, &said, now);
    }
}

static void take_all(WhAnnouncerTroubles *troubles, WhModel *model, gint64 now)
{
    GListModel *accounts = wh_model_accounts(model);
    GListModel *hosts = wh_model_hosts(model);

    for (guint i = 0; i < g_list_model_get_n_items(accounts); i++) {
        g_autoptr(WhAccountItem) account = g_list_model_get_item(accounts, i);

        take_account(troubles, account, now);
    }
    for (guint i = 0; i < g_list_model_get_n_items(hosts); i++) {
        g_autoptr(WhHostItem) host = g_list_model_get_item(hosts, i);

        take_host(troubles, host, now);
    }
    take_notices(troubles, model, now);
}

/* While the service is away nothing is known about the rest: what was told stays so, and what was
 * not begins anew. Whoever may not look has no names here. That somebody else answers cannot
 * wait. */
static void take_absence(WhAnnouncerTroubles *troubles, WhModel *model, gint64 now)
{
    WhLinkState state = wh_link_state(wh_model_link(model));
    WhRulesTrouble said = {.id = WH_RULES_SERVICE,
                           .name = troubles->name,
                           .status =
                               state == WH_LINK_UNSAFE ? WH_STATUS_ATTENTION : WH_STATUS_OFFLINE,
                           .sentence = wh_model_summary(model),
                           .next_step = wh_model_next_step(model)};

    for (guint i = 0; i < troubles->entries->len; i++) {
        Entry *entry = g_ptr_array_index(troubles->entries, i);

        entry->found = entry->trouble.told;
    }
    if (state != WH_LINK_NOT_PERMITTED)
        take(troubles, &said, now);
}

/* Whether it is right now, and has not just gone, or got into another state. */
static gboolean is_right(const WhRulesTrouble *trouble, WhModel *model, WhHostItem **host)
{
    *host = trouble->host != NULL ? wh_model_find_host(model, trouble->host) : NULL;
    if (trouble->host == NULL)
        return strcmp(trouble->id, WH_RULES_SERVICE) == 0 && wh_model_is_ready(model);
    return *host != NULL && wh_host_item_status(*host) == WH_STATUS_OK;
}

static void end(WhAnnouncerTroubles *troubles, guint index, WhModel *model)
{
    Entry *entry = g_ptr_array_steal_index(troubles->entries, index);
    WhHostItem *host = NULL;

    if (!entry->trouble.told || entry->trouble.status == WH_STATUS_ATTENTION ||
        !is_right(&entry->trouble, model, &host)) {
        entry_free(entry);
        return;
    }
    replace(&entry->trouble.sentence,
            host != NULL ? wh_host_item_address(host) : wh_model_summary(model));
    replace(&entry->trouble.next_step, NULL);
    g_ptr_array_add(troubles->ended, entry);
    g_array_append_val(troubles->over, entry->trouble);
}

void wh_announcer_troubles_update(WhAnnouncerTroubles *troubles, WhModel *model, gint64 now)
{
    for (guint i = 0; i < troubles->entries->len; i++)
        ((Entry *)g_ptr_array_index(troubles->entries, i))->found = FALSE;
    g_array_set_size(troubles->over, 0);
    g_ptr_array_set_size(troubles->ended, 0);
    if (wh_model_is_ready(model))
        take_all(troubles, model, now);
    else
        take_absence(troubles, model, now);
    for (guint i = troubles->entries->len; i > 0; i--)
        if (!((Entry *)g_ptr_array_index(troubles->entries, i - 1))->found)
            end(troubles, i - 1, model);
}

GArray *wh_announcer_troubles_all(WhAnnouncerTroubles *troubles)
{
    g_array_set_size(troubles->all, 0);
    for (guint i = 0; i < troubles->entries->len; i++)
        g_array_append_val(troubles->all,
                           ((Entry *)g_ptr_array_index(troubles->entries, i))->trouble);
    return troubles->all;
}

GArray *wh_announcer_troubles_over(WhAnnouncerTroubles *troubles)
{
    return troubles->over;
}

void wh_announcer_troubles_tell(WhAnnouncerTroubles *troubles, const char *const *ids)
{
    for (guint i = 0; ids[i] != NULL; i++) {
        Entry *entry = find(troubles, ids[i]);

        if (entry != NULL)
            entry->trouble.told = TRUE;
    }
}

gint64 wh_announcer_troubles_next(WhAnnouncerTroubles *troubles, gint64 now)
{
    gint64 next = G_MAXINT64;

    for (guint i = 0; i < troubles->entries->len; i++) {
        const Entry *entry = g_ptr_array_index(troubles->entries, i);

        if (!entry->trouble.told && wh_rules_due(&entry->trouble) > now)
            next = MIN(next, wh_rules_due(&entry->trouble));
    }
    return next;
}
