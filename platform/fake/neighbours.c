#include "platform/fake/neighbours_fake.h"

#include "platform/common/neighbour_list.h"
#include "platform/fake/bell.h"
#include "platform/fake/state.h"

#include <string.h>

struct WhNeighbourWatch {
    GSource *bell;
};

static gboolean refuse(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                        "The neighbours of this computer cannot be read");
    return FALSE;
}

GArray *wh_neighbours_read(GError **error)
{
    const WhFakeState *state = wh_fake_state();
    GArray *neighbours;

    if (state->neighbours_unreadable)
        return refuse(error), NULL;
    neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    g_array_append_vals(neighbours, state->neighbours->data, state->neighbours->len);
    return neighbours;
}

gboolean wh_neighbours_call(guint interface, GError **error)
{
    WhFakeState *state = wh_fake_state();

    if (state->neighbours_unreadable)
        return refuse(error);
    state->neighbours_calls++;
    state->neighbours_called = interface;
    return TRUE;
}

gboolean wh_neighbours_probe(guint interface, guint family, const guint8 *address, GError **error)
{
    WhFakeState *state = wh_fake_state();
    WhNeighbour probe = {.interface = interface, .family = family};

    if (state->neighbours_unreadable)
        return refuse(error);
    memcpy(probe.bytes, address, family == 4 ? 4 : 16);
    g_array_append_val(state->neighbours_probes, probe);
    return TRUE;
}

WhNeighbourWatch *wh_neighbour_watch_new(WhNeighbourWatchFunc changed, gpointer data,
                                         GError **error)
{
    WhNeighbourWatch *watch;

    if (wh_fake_state()->neighbours_silent) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                            "Nobody tells here when the neighbours change");
        return NULL;
    }
    watch = g_new0(WhNeighbourWatch, 1);
    watch->bell = wh_fake_bell_new(changed, data);
    g_ptr_array_add(wh_fake_state()->neighbour_watches, watch);
    return watch;
}

void wh_neighbour_watch_free(WhNeighbourWatch *watch)
{
    if (watch == NULL)
        return;
    g_ptr_array_remove(wh_fake_state()->neighbour_watches, watch);
    wh_fake_bell_free(watch->bell);
    g_free(watch);
}

void wh_fake_neighbours_set(const WhNeighbour *neighbours, guint count)
{
    WhFakeState *state = wh_fake_state();
    g_autoptr(GArray) before = g_steal_pointer(&state->neighbours);

    state->neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    if (count > 0)
        g_array_append_vals(state->neighbours, neighbours, count);
    wh_neighbour_list_settle(state->neighbours);
    if (wh_neighbour_list_same_pairs(before, state->neighbours))
        return;
    for (guint i = 0; i < state->neighbour_watches->len; i++) {
        WhNeighbourWatch *watch = g_ptr_array_index(state->neighbour_watches, i);

        wh_fake_bell_ring(watch->bell);
    }
}

void wh_fake_neighbours_set_readable(gboolean readable)
{
    wh_fake_state()->neighbours_unreadable = !readable;
}

void wh_fake_neighbours_set_watchable(gboolean watchable)
{
    wh_fake_state()->neighbours_silent = !watchable;
}

guint wh_fake_neighbours_calls(void)
{
    return wh_fake_state()->neighbours_calls;
}

guint wh_fake_neighbours_called(void)
{
    return wh_fake_state()->neighbours_called;
}

const GArray *wh_fake_neighbours_probes(void)
{
    return wh_fake_state()->neighbours_probes;
}
