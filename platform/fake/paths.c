#include "platform/paths.h"

#include "platform/fake/state.h"

#include <glib/gstdio.h>

static char *folder_for(WhPathsScope scope, const char *name)
{
    g_autofree char *last = g_strconcat(name, scope == WH_PATHS_USER ? "-user" : "", NULL);

    return g_build_filename(wh_fake_state()->folder, last, NULL);
}

char *wh_paths_state_folder(WhPathsScope scope)
{
    return folder_for(scope, "state");
}

gboolean wh_paths_make_state_folder(WhPathsScope scope, const char *path, GError **error)
{
    if (g_mkdir_with_parents(path, 0700) == 0)
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folder %s cannot be made.", path);
    return FALSE;
}

char *wh_paths_config_folder(WhPathsScope scope)
{
    return folder_for(scope, "config");
}

char *wh_paths_control_address(WhPathsScope scope)
{
    g_autofree char *folder = folder_for(scope, "run");

    if (scope == WH_PATHS_USER && wh_fake_state()->no_runtime)
        return NULL;
    return g_build_filename(folder, "control", NULL);
}

char *wh_paths_ca_folder(void)
{
    return NULL;
}

char *wh_paths_locale_folder(const char *installed)
{
    return g_strdup(installed);
}

char *wh_paths_program(const char *installed)
{
    return g_strdup(installed);
}

const char *wh_paths_system_name(void)
{
    return "Fake";
}

void wh_fake_paths_set_folder(const char *folder)
{
    WhFakeState *state = wh_fake_state();

    g_free(state->folder);
    state->folder = g_strdup(folder);
}

void wh_fake_paths_set_runtime(gboolean available)
{
    wh_fake_state()->no_runtime = !available;
}
