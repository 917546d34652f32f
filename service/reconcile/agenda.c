#include "service/reconcile/agenda.h"

struct WhAgenda {
    WhClock *clock;
    GSequence *entries; /* WhAgendaEntry by time */
    guint timer;
    gint64 timer_at;
};

static void fire(gpointer data);

WhAgenda *wh_agenda_new(WhClock *clock)
{
    WhAgenda *agenda = g_new0(WhAgenda, 1);
    agenda->clock = clock;
    agenda->entries = g_sequence_new(NULL);
    return agenda;
}

void wh_agenda_free(WhAgenda *agenda)
{
    if (agenda == NULL)
        return;
    wh_clock_remove_timer(agenda->clock, &agenda->timer);
    g_sequence_free(agenda->entries);
    g_free(agenda);
}

static int compare(gconstpointer a, gconstpointer b, gpointer data)
{
    gint64 first = ((const WhAgendaEntry *)a)->at;
    gint64 second = ((const WhAgendaEntry *)b)->at;
    return (first > second) - (first < second);
}

static WhAgendaEntry *first_entry(WhAgenda *agenda)
{
    GSequenceIter *begin = g_sequence_get_begin_iter(agenda->entries);
    return g_sequence_iter_is_end(begin) ? NULL : g_sequence_get(begin);
}

static void arm(WhAgenda *agenda)
{
    const WhAgendaEntry *first = first_entry(agenda);
    if (first != NULL && agenda->timer != 0 && agenda->timer_at == first->at)
        return;
    wh_clock_remove_timer(agenda->clock, &agenda->timer);
    if (first == NULL)
        return;
    gint64 delay = first->at - wh_clock_monotonic(agenda->clock);
    agenda->timer_at = first->at;
    agenda->timer = wh_clock_add_timer(agenda->clock, MAX(delay, 0), fire, agenda);
}

static void take_off(WhAgendaEntry *entry)
{
    g_sequence_remove(entry->place);
    entry->place = NULL;
}

static void fire(gpointer data)
{
    WhAgenda *agenda = data;
    agenda->timer = 0;
    gint64 now = wh_clock_monotonic(agenda->clock);
    WhAgendaEntry *entry;
    while ((entry = first_entry(agenda)) != NULL && entry->at <= now) {
        take_off(entry);
        entry->due(entry->data);
    }
    arm(agenda);
}

void wh_agenda_set(WhAgenda *agenda, WhAgendaEntry *entry, gint64 delay)
{
    if (entry->place != NULL)
        take_off(entry);
    entry->at = wh_clock_monotonic(agenda->clock) + MAX(delay, 0);
    entry->place = g_sequence_insert_sorted(agenda->entries, entry, compare, NULL);
    arm(agenda);
}

void wh_agenda_set_sooner(WhAgenda *agenda, WhAgendaEntry *entry, gint64 delay)
{
    gint64 at = wh_clock_monotonic(agenda->clock) + MAX(delay, 0);
    if (entry->place == NULL || at < entry->at)
        wh_agenda_set(agenda, entry, delay);
}

void wh_agenda_remove(WhAgenda *agenda, WhAgendaEntry *entry)
{
    if (entry->place == NULL)
        return;
    take_off(entry);
    arm(agenda);
}
