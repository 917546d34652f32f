#include "platform/fake/state.h"

#include "platform/fake/keyring_item.h"
#include "platform/keyring.h"
#include "platform/permission.h"

static void state_fill(WhFakeState *state)
{
    state->addresses = g_array_new(FALSE, FALSE, sizeof(WhInterfaceAddress));
    state->interfaces = g_array_new(FALSE, FALSE, sizeof(WhInterface));
    state->uplinks = g_array_new(FALSE, FALSE, sizeof(WhFakeUplink));
    state->address_monitors = g_ptr_array_new();
    state->sleep_monitors = g_ptr_array_new();
    state->neighbours = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    state->neighbours_probes = g_array_new(FALSE, FALSE, sizeof(WhNeighbour));
    state->neighbour_watches = g_ptr_array_new();
    state->clock_watches = g_ptr_array_new();
    state->listeners = g_ptr_array_new();
    state->socket_watches = g_ptr_array_new();
    state->secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    state->keyring =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, wh_fake_keyring_item_free);
    state->keyring_elsewhere =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, wh_fake_keyring_item_free);
    state->keyring_state = WH_KEYRING_ABSENT;
    state->keyring_broken = -1;
    state->keyrings = g_ptr_array_new();
    state->permissions = g_ptr_array_new();
    state->permission_password = WH_PERMISSION_CHALLENGE;
    state->signed_in = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    state->sealer_key = 1;
    state->sealers = g_ptr_array_new();
    state->log_record = g_ptr_array_new_with_free_func(g_free);
    state->hosts = g_ptr_array_new();
    state->host_record = g_ptr_array_new_with_free_func(g_free);
    state->folder = g_strdup("/nonexistent");
}

WhFakeState *wh_fake_state(void)
{
    static WhFakeState state;

    if (state.addresses == NULL)
        state_fill(&state);
    return &state;
}

void wh_fake_reset(void)
{
    WhFakeState *state = wh_fake_state();

    g_array_unref(state->addresses);
    g_array_unref(state->interfaces);
    g_array_unref(state->uplinks);
    g_ptr_array_unref(state->address_monitors);
    g_ptr_array_unref(state->sleep_monitors);
    g_array_unref(state->neighbours);
    g_array_unref(state->neighbours_probes);
    g_ptr_array_unref(state->neighbour_watches);
    wh_network_identity_clear(&state->network);
    g_ptr_array_unref(state->clock_watches);
    g_ptr_array_unref(state->listeners);
    g_ptr_array_unref(state->socket_watches);
    g_free(state->activated);
    g_hash_table_unref(state->secrets);
    g_hash_table_unref(state->keyring);
    g_hash_table_unref(state->keyring_elsewhere);
    g_ptr_array_unref(state->keyrings);
    g_ptr_array_unref(state->permissions);
    g_hash_table_unref(state->signed_in);
    g_ptr_array_unref(state->sealers);
    g_ptr_array_unref(state->log_record);
    g_ptr_array_unref(state->hosts);
    g_ptr_array_unref(state->host_record);
    g_free(state->folder);
    g_strfreev(state->dns_servers);
    *state = (WhFakeState){0};
    state_fill(state);
}
