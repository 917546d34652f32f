#include "service/reconcile/agenda.h"
#include "tests/support/fake_clock.h"

typedef struct {
    WhAgendaEntry entry;
    GString *log;
    char letter;
} Note;

static void write_letter(gpointer data)
{
    Note *note = data;
    g_string_append_c(note->log, note->letter);
}

static Note note_new(GString *log, char letter)
{
    return (Note){.entry = {.due = write_letter}, .log = log, .letter = letter};
}

static void put(WhAgenda *agenda, Note *note, gint64 delay)
{
    note->entry.data = note;
    wh_agenda_set(agenda, &note->entry, delay);
}

static void test_order(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    g_autoptr(WhAgenda) agenda = wh_agenda_new(wh_fake_clock_clock(fake));
    g_autoptr(GString) log = g_string_new(NULL);
    Note a = note_new(log, 'a'), b = note_new(log, 'b'), c = note_new(log, 'c');
    put(agenda, &a, 3 * WH_SECOND);
    put(agenda, &b, 1 * WH_SECOND);
    put(agenda, &c, 1 * WH_SECOND);
    g_assert_cmpuint(wh_fake_clock_pending(fake), ==, 1);
    g_assert_cmpint(wh_fake_clock_next(fake), ==, WH_SECOND);
    wh_fake_clock_advance(fake, WH_SECOND);
    g_assert_cmpstr(log->str, ==, "bc");
    wh_fake_clock_advance(fake, 2 * WH_SECOND);
    g_assert_cmpstr(log->str, ==, "bca");
    g_assert_cmpuint(wh_fake_clock_pending(fake), ==, 0);
}

static void test_change(void)
{
    g_autoptr(WhFakeClock) fake = wh_fake_clock_new();
    g_autoptr(WhAgenda) agenda = wh_agenda_new(wh_fake_clock_clock(fake));
    g_autoptr(GString) log = g_string_new(NULL);
    Note a = note_new(log, 'a');
    put(agenda, &a, 5 * WH_SECOND);
    wh_agenda_set_sooner(agenda, &a.entry, 9 * WH_SECOND);
    g_assert_cmpint(wh_fake_clock_next(fake), ==, 5 * WH_SECOND);
    wh_agenda_set_sooner(agenda, &a.entry, 2 * WH_SECOND);
    g_assert_cmpint(wh_fake_clock_next(fake), ==, 2 * WH_SECOND);
    put(agenda, &a, 7 * WH_SECOND);
    g_assert_cmpint(wh_fake_clock_next(fake), ==, 7 * WH_SECOND);
    wh_agenda_remove(agenda, &a.entry);
    wh_agenda_remove(agenda, &a.entry);
    g_assert_cmpuint(wh_fake_clock_pending(fake), ==, 0);
    put(agenda, &a, -1);
    g_assert_cmpstr(log->str, ==, "");
    wh_fake_clock_advance(fake, 0);
    g_assert_cmpstr(log->str, ==, "a");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/agenda/order", test_order);
    g_test_add_func("/agenda/change", test_change);
    return g_test_run();
}
