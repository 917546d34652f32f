#include "platform/paths.h"

#include "platform/fake/state.h"

static char *folder_for(WhPathsScope scope, const char *name)
{
    g_autofree char *last = g_strconcat(name, scope == WH_PATHS_USER ? "-user" : "", NULL);

    return g_build_filename(wh_fake_state()->folder, last, NULL);
}

char *wh_paths_state_folder(WhPathsScope scope)
{
    return folder_for(scope, "state");
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
