#include "service/reconcile/keeper_private.h"

#define MOST_QUESTIONS 8

/* With the next turn, so that records which leave the line in this one are not asked about for
 * nothing. */
static void serve_soon(WhKeeper *keeper)
{
    if (keeper->line.head != NULL)
        wh_agenda_set_sooner(keeper->agenda, &keeper->questions, 0);
}

gboolean wh_questions_has(const WhRecord *record)
{
    return record->proving.in_line || record->proving.handle != 0;
}

void wh_questions_join(WhRecord *record)
{
    WhKeeper *keeper = wh_record_keeper(record);
    if (wh_questions_has(record))
        return;
    record->proving.in_line = TRUE;
    g_queue_push_tail_link(&keeper->line, &record->proving.line);
    serve_soon(keeper);
}

static void leave_line(WhRecord *record)
{
    if (!record->proving.in_line)
        return;
    record->proving.in_line = FALSE;
    g_queue_unlink(&wh_record_keeper(record)->line, &record->proving.line);
}

void wh_questions_withdraw(WhRecord *record)
{
    WhKeeper *keeper = wh_record_keeper(record);
    guint64 handle = record->proving.handle;
    leave_line(record);
    if (handle == 0)
        return;
    record->proving.handle = 0;
    keeper->n_asking--;
    keeper->witnesses->cancel(keeper->witnesses, handle);
    serve_soon(keeper);
}

static void take_answer(const char *zone, const GPtrArray *witnesses, gpointer data)
{
    WhRecord *record = data;
    WhKeeper *keeper = wh_record_keeper(record);
    record->proving.handle = 0;
    keeper->n_asking--;
    wh_batch_begin(keeper);
    if (record->recovery == WH_RECOVERY_ASKING)
        wh_recover_take(record, zone, witnesses);
    else
        wh_prove_take(record, zone, witnesses);
    serve_soon(keeper);
    wh_batch_end(keeper, FALSE);
}

static void ask(WhRecord *record)
{
    WhKeeper *keeper = wh_record_keeper(record);
    keeper->n_asking++;
    record->proving.handle = keeper->witnesses->ask(keeper->witnesses, record->host->host->name,
                                                    record->family, take_answer, record);
    wh_prove_show_asking(record);
}

void wh_questions_serve(gpointer data)
{
    WhKeeper *keeper = data;
    wh_batch_begin(keeper);
    while (keeper->n_asking < MOST_QUESTIONS && keeper->line.head != NULL) {
        WhRecord *record = keeper->line.head->data;
        leave_line(record);
        ask(record);
    }
    wh_batch_end(keeper, FALSE);
}
