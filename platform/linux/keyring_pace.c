/* When the keyring is looked at again: soon after it said that something changed, but not without
 * end; and once more after it failed. */
#include "platform/linux/keyring_private.h"

/* No storm of signals makes more of it. */
#define WINDOW_US G_USEC_PER_SEC
#define MOST_LOOKS 5

#define AFTER_FAILURE_MS (10 * 1000)

static gboolean on_time(gpointer data)
{
    WhKeyring *keyring = data;

    wh_keyring_pace_stop(keyring);
    wh_keyring_look(keyring);
    return G_SOURCE_REMOVE;
}

void wh_keyring_pace_stop(WhKeyring *keyring)
{
    if (keyring->later == NULL)
        return;
    g_source_destroy(keyring->later);
    g_clear_pointer(&keyring->later, g_source_unref);
}

static void look_later(WhKeyring *keyring, guint ms)
{
    wh_keyring_pace_stop(keyring);
    keyring->later = g_timeout_source_new(ms);
    g_source_set_callback(keyring->later, on_time, keyring, NULL);
    g_source_attach(keyring->later, g_main_context_get_thread_default());
}

gboolean wh_keyring_look_is_too_soon(WhKeyring *keyring)
{
    gint64 now = g_get_monotonic_time();
    gint64 end = keyring->window + WINDOW_US;

    if (keyring->looks > 0 && now < end && keyring->looks >= MOST_LOOKS) {
        look_later(keyring, (guint)((end - now) / 1000 + 1));
        return TRUE;
    }
    if (keyring->looks == 0 || now >= end) {
        keyring->window = now;
        keyring->looks = 0;
    }
    keyring->looks++;
    wh_keyring_pace_stop(keyring);
    return FALSE;
}

void wh_keyring_look_after_failure(WhKeyring *keyring)
{
    look_later(keyring, AFTER_FAILURE_MS);
}
