#include "service/base/line_gate.h"

#include "service/base/clock.h"

static WhLine *line_of(WhLogKind kind, const char *host, const char *family)
{
    WhLine *line = wh_line_new(kind);

    wh_line_set(line, WH_LOG_FIELD_HOST, host);
    wh_line_set(line, WH_LOG_FIELD_FAMILY, family);
    return line;
}

static guint count(WhLineGate *gate, WhLine *taken, guint tries, gint64 now)
{
    g_autoptr(WhLine) line = taken;
    guint passed = 0;
    guint left_out = 0;

    for (guint i = 0; i < tries; i++)
        passed += wh_line_gate_lets(gate, line, now, &left_out) ? 1 : 0;
    return passed;
}

static void test_repeated(void)
{
    g_autoptr(WhLineGate) gate = wh_line_gate_new();
    g_autoptr(WhLine) line = line_of(WH_LOG_ADDRESS, NULL, "ipv4");
    guint left_out = 0;

    g_assert_cmpuint(count(gate, line_of(WH_LOG_ADDRESS, NULL, "ipv4"), 100, 0), ==, 10);
    g_assert_cmpuint(count(gate, line_of(WH_LOG_ADDRESS, NULL, "ipv4"), 5, 9 * WH_MINUTE), ==, 0);
    g_assert_true(wh_line_gate_lets(gate, line, 10 * WH_MINUTE, &left_out));
    g_assert_cmpuint(left_out, ==, 95);
    g_assert_false(wh_line_gate_lets(gate, line, 10 * WH_MINUTE, &left_out));
    g_assert_cmpuint(count(gate, line_of(WH_LOG_ADDRESS, NULL, "ipv4"), 100, WH_DAY), ==, 10);
}

/* What is about another host or family, or of another kind, is another thing. */
static void test_others(void)
{
    g_autoptr(WhLineGate) gate = wh_line_gate_new();

    g_assert_cmpuint(count(gate, line_of(WH_LOG_HELD, "1", "ipv4"), 100, 0), ==, 10);
    g_assert_cmpuint(count(gate, line_of(WH_LOG_HELD, "1", "ipv6"), 1, 0), ==, 1);
    g_assert_cmpuint(count(gate, line_of(WH_LOG_HELD, "2", "ipv4"), 1, 0), ==, 1);
    g_assert_cmpuint(count(gate, line_of(WH_LOG_PROVEN, "1", "ipv4"), 1, 0), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/line-gate/repeated", test_repeated);
    g_test_add_func("/line-gate/others", test_others);
    return g_test_run();
}
