#include "service/gateway/complaints.h"

#include "service/base/line_gate.h"

struct WhComplaints {
    WhClock *clock;
    WhLineGate *gate;
};

WhComplaints *wh_complaints_new(WhClock *clock)
{
    WhComplaints *complaints = g_new0(WhComplaints, 1);
    complaints->clock = clock;
    complaints->gate = wh_line_gate_new();
    return complaints;
}

void wh_complaints_free(WhComplaints *complaints)
{
    if (complaints == NULL)
        return;
    wh_line_gate_free(complaints->gate);
    g_free(complaints);
}

void wh_complaints_add(WhComplaints *complaints, const WhAddress *from, const char *what)
{
    g_autoptr(WhLine) line = wh_line_new(WH_LOG_IGNORED);
    guint left_out;
    if (!wh_line_gate_lets(complaints->gate, line, wh_clock_monotonic(complaints->clock),
                           &left_out))
        return;
    g_autofree char *sender =
        from != NULL ? wh_address_to_string(from) : g_strdup("an unknown sender");
    g_autofree char *detail = g_strdup_printf("%s, from %s", what, sender);
    wh_line_set(line, WH_LOG_FIELD_DETAIL, detail);
    wh_line_say(line, "Ignored %s.", detail);
    if (left_out > 0)
        wh_line_say(line, " %u more like it were not written down.", left_out);
    wh_line_write(g_steal_pointer(&line));
}
