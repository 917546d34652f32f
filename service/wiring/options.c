#include "service/wiring/options.h"

#include <string.h>

static const char summary[] =
    "Keeps names pointing at this computer: notices when its public address changes,\n"
    "tells the DNS provider, and proves that the name is right. Runs until it is told\n"
    "to stop; wayhomectl and the tray talk to it over its control socket.";

static char *describe(void)
{
    g_autofree char *state = wh_paths_state_folder(WH_PATHS_SYSTEM);
    g_autofree char *config = wh_paths_config_folder(WH_PATHS_SYSTEM);
    g_autofree char *control = wh_paths_control_address(WH_PATHS_SYSTEM);

    return g_strdup_printf(
        "Without --user the service is that of the whole computer: it keeps its state in\n"
        "%s, reads %s and listens at %s.",
        state, config, control);
}

static void fill_in(WhOptions *options)
{
    if (options->state == NULL)
        options->state = wh_paths_state_folder(options->scope);
    if (options->config == NULL)
        options->config = wh_paths_config_folder(options->scope);
    if (options->control == NULL)
        options->control = wh_paths_control_address(options->scope);
}

WhOptions *wh_options_parse(char ***arguments, GError **error)
{
    g_autoptr(WhOptions) options = g_new0(WhOptions, 1);
    gboolean user = FALSE;
    gboolean system = FALSE;
    const GOptionEntry entries[] = {
        {"user", 0, 0, G_OPTION_ARG_NONE, &user, "Run for this user only", NULL},
        {"system", 0, 0, G_OPTION_ARG_NONE, &system, "Run for the whole computer (default)", NULL},
        {"state", 0, 0, G_OPTION_ARG_FILENAME, &options->state, "Keep the state in FOLDER",
         "FOLDER"},
        {"config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Read settings from FOLDER",
         "FOLDER"},
        {"control", 0, 0, G_OPTION_ARG_FILENAME, &options->control, "Listen at PATH", "PATH"},
        {"seal", 0, 0, G_OPTION_ARG_FILENAME, &options->seal,
         "Seal secrets by the sockets in FOLDER (on Linux; not with --user)", "FOLDER"},
        {"verbose", 0, 0, G_OPTION_ARG_NONE, &options->verbose, "Log every step", NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and end", NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autofree char *description = describe();

    g_option_context_set_summary(context, summary);
    g_option_context_set_description(context, description);
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse_strv(context, arguments, error))
        return NULL;
    if (g_strv_length(*arguments) > 1) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "“%s” is not an option",
                    (*arguments)[1]);
        return NULL;
    }
    if (user && system) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            "--user and --system exclude each other");
        return NULL;
    }
    options->scope = user ? WH_PATHS_USER : WH_PATHS_SYSTEM;
    fill_in(options);
    return g_steal_pointer(&options);
}

void wh_options_free(WhOptions *options)
{
    g_free(options->state);
    g_free(options->config);
    g_free(options->control);
    g_free(options->seal);
    g_free(options);
}
