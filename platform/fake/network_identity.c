#include "platform/fake/network_identity_fake.h"

#include "platform/fake/state.h"

static void identity_copy(WhNetworkIdentity *to, const WhNetworkIdentity *from)
{
    *to = *from;
    to->prefix = g_strdup(from->prefix);
}

gboolean wh_network_identity_read(guint interface, guint family, const guint8 *gateway,
                                  WhNetworkIdentity *identity, GError **error)
{
    const WhFakeState *state = wh_fake_state();

    if (!state->has_network) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
                            "The network of this computer cannot be read");
        return FALSE;
    }
    identity_copy(identity, &state->network);
    return TRUE;
}

void wh_fake_network_identity_set(const WhNetworkIdentity *identity)
{
    WhFakeState *state = wh_fake_state();

    wh_network_identity_clear(&state->network);
    state->has_network = identity != NULL;
    if (identity != NULL)
        identity_copy(&state->network, identity);
}
