#include "platform/uplink.h"
#include "tests/contract/uplink_adapter.h"

typedef struct {
    guint family;
    gboolean stream;
} Kind;

static void test_goes_by_the_line(gconstpointer data)
{
    const Kind *kind = data;
    g_autoptr(GError) error = NULL;
    guint64 socket;

    if (!wh_adapter_begin(kind->family))
        return;
    socket = wh_adapter_socket_new(kind->family, kind->stream);
    g_assert_true(wh_uplink_bind(socket, wh_adapter_line(), kind->family, &error));
    g_assert_no_error(error);
    g_assert_cmpint(wh_adapter_send(socket, kind->family, kind->stream), ==, WH_SENT_OVER_LINE);
    wh_adapter_socket_close(socket);
    wh_adapter_end();
}

/* Another socket beside it goes the usual way. */
static void test_others_are_left_alone(gconstpointer data)
{
    const Kind *kind = data;
    guint64 bound;
    guint64 other;

    if (!wh_adapter_begin(kind->family))
        return;
    bound = wh_adapter_socket_new(kind->family, kind->stream);
    other = wh_adapter_socket_new(kind->family, kind->stream);
    g_assert_true(wh_uplink_bind(bound, wh_adapter_line(), kind->family, NULL));
    g_assert_cmpint(wh_adapter_send(other, kind->family, kind->stream), ==, WH_SENT_OVER_VPN);
    wh_adapter_socket_close(bound);
    wh_adapter_socket_close(other);
    wh_adapter_end();
}

static void refusal_check(const Kind *kind, guint interface)
{
    g_autoptr(GError) error = NULL;
    guint64 socket = wh_adapter_socket_new(kind->family, kind->stream);

    g_assert_false(wh_uplink_bind(socket, interface, kind->family, &error));
    g_assert_nonnull(error);
    g_assert_true(error->domain == G_IO_ERROR);
    wh_adapter_socket_close(socket);
}

static void test_unknown_interface(gconstpointer data)
{
    const Kind *kind = data;

    if (!wh_adapter_begin(kind->family))
        return;
    refusal_check(kind, wh_adapter_nobody());
    refusal_check(kind, 0);
    wh_adapter_end();
}

static void add(const char *name, const Kind *kind, GTestDataFunc func)
{
    g_autofree char *path =
        g_strdup_printf("/uplink/%s/%s/ipv%u", name, kind->stream ? "tcp" : "udp", kind->family);

    g_test_add_data_func(path, kind, func);
}

int main(int argc, char **argv)
{
    const Kind kinds[] = {{4, FALSE}, {4, TRUE}, {6, FALSE}, {6, TRUE}};

    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        add("goes-by-the-line", &kinds[i], test_goes_by_the_line);
        add("others-are-left-alone", &kinds[i], test_others_are_left_alone);
        add("unknown-interface", &kinds[i], test_unknown_interface);
    }
    wh_adapter_add_tests();
    return g_test_run();
}
