#include "service/providers/errand.h"

#include "service/net/redact.h"

#define MAX_DETAIL ((gsize)200)

/* What ends more, or for longer, is graver: joined outcomes must not hide it. */
static const guint8 gravity[] = {
    [WH_RESULT_SAME] = 0,  [WH_RESULT_CHANGED] = 1, [WH_RESULT_NO_ANSWER] = 2,
    [WH_RESULT_FAIL] = 3,  [WH_RESULT_SERVER] = 4,  [WH_RESULT_RATE] = 5,
    [WH_RESULT_CLOCK] = 6, [WH_RESULT_BADIP] = 7,   [WH_RESULT_BADREQ] = 8,
    [WH_RESULT_HOST] = 9,  [WH_RESULT_ABUSE] = 10,  [WH_RESULT_PAID] = 11,
    [WH_RESULT_AUTH] = 12, [WH_RESULT_AGENT] = 13,
};

G_STATIC_ASSERT(G_N_ELEMENTS(gravity) == WH_N_RESULT_CLASSES);

static void copy_items(WhErrand *errand, const WhUpdate *update)
{
    errand->n_items = update->n_items;
    errand->items = g_new0(WhUpdateItem, update->n_items);
    errand->outcomes = g_new0(WhOutcome *, update->n_items);
    for (gsize i = 0; i < update->n_items; i++) {
        errand->items[i] = update->items[i];
        errand->items[i].host = wh_host_copy(update->items[i].host);
    }
}

static void copy_secrets(WhErrand *errand, GHashTable *secrets)
{
    errand->secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    errand->secret_list = g_ptr_array_new();
    if (secrets == NULL)
        return;
    GHashTableIter iter;
    gpointer name = NULL;
    gpointer secret = NULL;
    g_hash_table_iter_init(&iter, secrets);
    while (g_hash_table_iter_next(&iter, &name, &secret)) {
        g_hash_table_insert(errand->secrets, g_strdup(name), wh_secret_ref(secret));
        g_ptr_array_add(errand->secret_list, secret);
    }
}

WhErrand *wh_errand_new(const WhEngineNet *net, const WhDefinition *definition,
                        const WhUpdate *update, GHashTable *secrets)
{
    WhErrand *errand = g_new0(WhErrand, 1);
    errand->net = net;
    errand->definition = definition;
    errand->account = wh_account_copy(update->account);
    errand->parts = g_ptr_array_new();
    copy_items(errand, update);
    copy_secrets(errand, secrets);
    return errand;
}

void wh_errand_free(WhErrand *errand)
{
    if (errand == NULL)
        return;
    for (gsize i = 0; i < errand->n_items; i++) {
        wh_host_free((WhHost *)errand->items[i].host);
        wh_outcome_free(errand->outcomes[i]);
    }
    g_free(errand->items);
    g_free(errand->outcomes);
    wh_account_free(errand->account);
    g_ptr_array_unref(errand->secret_list);
    g_hash_table_unref(errand->secrets);
    g_ptr_array_unref(errand->parts);
    g_free(errand);
}

void wh_errand_set(WhErrand *errand, gsize item, WhResultClass result, const char *detail,
                   gint64 retry_after)
{
    WhOutcome *before = errand->outcomes[item];
    gint64 wait = MAX(retry_after, before != NULL ? before->retry_after : 0);
    if (before != NULL && gravity[before->result] >= gravity[result]) {
        before->retry_after = wait;
        return;
    }
    g_autofree char *shown = wh_redact(detail != NULL ? detail : "", errand->secret_list,
                                       wh_account_field(errand->account, "user"), MAX_DETAIL);
    wh_outcome_free(before);
    errand->outcomes[item] = wh_outcome_new(result, *shown != '\0' ? shown : NULL);
    errand->outcomes[item]->retry_after = wait;
}

void wh_errand_stamp(WhErrand *errand, gint64 sent, gint64 answered)
{
    if (sent != 0 && (errand->sent == 0 || sent < errand->sent))
        errand->sent = sent;
    errand->answered = MAX(errand->answered, answered);
}

void wh_errand_add_part(WhErrand *errand, gpointer part)
{
    g_ptr_array_add(errand->parts, part);
}

void wh_errand_end_part(WhErrand *errand, gpointer part)
{
    g_ptr_array_remove_fast(errand->parts, part);
    if (errand->parts->len == 0)
        errand->finished(errand, errand->finished_data);
}

void wh_errand_report(WhErrand *errand, WhUpdateDone done, gpointer data)
{
    for (gsize i = 0; i < errand->n_items; i++) {
        if (errand->outcomes[i] == NULL)
            wh_errand_set(errand, i, WH_RESULT_FAIL, "There was no answer for this name.", 0);
    }
    const WhUpdateReport report = {
        .outcomes = (const WhOutcome *const *)errand->outcomes,
        .n_outcomes = errand->n_items,
        .sent = errand->sent,
        .answered = errand->answered,
    };
    done(&report, data);
}
