#include "platform/autostart.h"

#include "platform/fake/autostart_fake.h"

/* enabled: ids. */
typedef struct {
    GHashTable *enabled;
    gboolean read_only;
} State;

static State *the_state(void)
{
    static State state;

    if (state.enabled == NULL)
        state.enabled = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return &state;
}

void wh_fake_autostart_reset(void)
{
    g_hash_table_remove_all(the_state()->enabled);
    the_state()->read_only = FALSE;
}

void wh_fake_autostart_provide(const char *id)
{
    g_hash_table_add(the_state()->enabled, g_strdup(id));
}

void wh_fake_autostart_set_read_only(gboolean read_only)
{
    the_state()->read_only = read_only;
}

gboolean wh_autostart_is_enabled(const char *id)
{
    return g_hash_table_contains(the_state()->enabled, id);
}

gboolean wh_autostart_is_refused(const char *id)
{
    return FALSE;
}

gboolean wh_autostart_set_enabled(const char *id, const char *name, const char *program,
                                  const char *argument, gboolean enabled, GError **error)
{
    if (wh_autostart_is_enabled(id) == enabled)
        return TRUE;
    if (the_state()->read_only) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_READ_ONLY, "The folder cannot be written to");
        return FALSE;
    }
    if (enabled)
        g_hash_table_add(the_state()->enabled, g_strdup(id));
    else
        g_hash_table_remove(the_state()->enabled, id);
    return TRUE;
}
