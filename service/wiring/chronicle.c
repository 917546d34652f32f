#include "service/wiring/chronicle.h"

#include "service/base/event_line.h"
#include "service/base/line_gate.h"
#include "service/base/product.h"

/* Longer than an update needs to leave, and short for who reads along. */
#define DELAY (100 * WH_MILLISECOND)

/* One of both. */
typedef struct {
    WhEvent *event;
    WhLine *line;
} Entry;

struct WhChronicle {
    WhClock *clock;
    WhAccounts *accounts;
    WhKeeper *keeper;
    WhLineGate *gate;
    GArray *entries; /* Entry */
    guint timer;
};

static void clear_entry(gpointer data)
{
    Entry *entry = data;

    wh_event_free(entry->event);
    wh_line_free(entry->line);
}

WhChronicle *wh_chronicle_new(WhClock *clock)
{
    WhChronicle *chronicle = g_new0(WhChronicle, 1);

    chronicle->clock = clock;
    chronicle->gate = wh_line_gate_new();
    chronicle->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(chronicle->entries, clear_entry);
    return chronicle;
}

void wh_chronicle_free(WhChronicle *chronicle)
{
    if (chronicle == NULL)
        return;
    wh_chronicle_flush(chronicle);
    g_array_unref(chronicle->entries);
    wh_line_gate_free(chronicle->gate);
    g_free(chronicle);
}

void wh_chronicle_set_rooms(WhChronicle *chronicle, WhAccounts *accounts, WhKeeper *keeper)
{
    chronicle->accounts = accounts;
    chronicle->keeper = keeper;
}

static const char *scope_of(const WhEvent *event, const WhRecordView *view)
{
    if (event->kind != WH_EVENT_HALTED || view->status != WH_RECORD_HALTED)
        return NULL;
    if (view->scope == WH_HALT_HOST)
        return "host";
    return view->scope == WH_HALT_ACCOUNT ? "account" : "provider";
}

/* Records may have moved on since the event: then it is said without. */
static void look_up(WhChronicle *chronicle, const WhEvent *event, WhEventContext *context)
{
    const WhHost *host = NULL;
    WhRecordView view;

    context->wanted = event->has_family && wh_keeper_wants(chronicle->keeper, event->family);
    if (event->host == NULL)
        return;
    host = wh_accounts_find_host(chronicle->accounts, event->host);
    context->account = host != NULL ? host->account : NULL;
    if (!event->has_family || !wh_keeper_view(chronicle->keeper, event->host, event->family, &view))
        return;
    context->scope = scope_of(event, &view);
    if (event->kind == WH_EVENT_WAITING && view.status == WH_RECORD_WAITING)
        context->until = view.until;
}

static void write_line(WhChronicle *chronicle, WhLine *taken)
{
    g_autoptr(WhLine) line = taken;
    gint64 now = wh_clock_monotonic(chronicle->clock);
    guint left_out = 0;

    if (wh_line_level(line) != G_LOG_LEVEL_DEBUG &&
        !wh_line_gate_lets(chronicle->gate, line, now, &left_out))
        return;
    if (left_out > 0)
        wh_line_say(line, " (%u lines like this were left out; the history has all)", left_out);
    wh_line_write(g_steal_pointer(&line));
}

static void write_entry(WhChronicle *chronicle, Entry *entry)
{
    WhEventContext context = {0};

    if (entry->line == NULL) {
        if (chronicle->keeper != NULL)
            look_up(chronicle, entry->event, &context);
        entry->line = wh_event_line(entry->event, &context, wh_clock_wall(chronicle->clock));
    }
    write_line(chronicle, g_steal_pointer(&entry->line));
}

static void write_all(gpointer data)
{
    WhChronicle *chronicle = data;

    chronicle->timer = 0;
    for (guint i = 0; i < chronicle->entries->len; i++)
        write_entry(chronicle, &g_array_index(chronicle->entries, Entry, i));
    g_array_set_size(chronicle->entries, 0);
}

static void add(WhChronicle *chronicle, Entry entry)
{
    g_array_append_val(chronicle->entries, entry);
    if (chronicle->timer == 0)
        chronicle->timer = wh_clock_add_timer(chronicle->clock, DELAY, write_all, chronicle);
}

/* The beginning has a line of its own, which says more. */
void wh_chronicle_add_event(WhChronicle *chronicle, const WhEvent *event)
{
    if (event->kind != WH_EVENT_STARTED)
        add(chronicle, (Entry){.event = wh_event_copy(event)});
}

void wh_chronicle_add_start(WhChronicle *chronicle, gboolean user, guint names)
{
    WhLine *line = wh_line_new(WH_LOG_STARTED);

    wh_line_set(line, WH_LOG_FIELD_VERSION, WH_VERSION);
    wh_line_set(line, WH_LOG_FIELD_SCOPE, user ? "user" : "system");
    wh_line_say(line, "%s %s runs for %s and keeps %u name%s", WH_PRODUCT, WH_VERSION,
                user ? "one person" : "the whole computer", names, names == 1 ? "" : "s");
    add(chronicle, (Entry){.line = line});
}

void wh_chronicle_add(WhChronicle *chronicle, WhLine *line)
{
    add(chronicle, (Entry){.line = line});
}

void wh_chronicle_flush(WhChronicle *chronicle)
{
    if (chronicle->timer == 0)
        return;
    wh_clock_remove_timer(chronicle->clock, &chronicle->timer);
    write_all(chronicle);
}
