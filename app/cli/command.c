#include "app/cli/command.h"

#include "app/cli/output.h"

#include <glib/gi18n.h>
#include <string.h>

void wh_command_global_entries(WhCli *cli, WhGlobalEntries entries)
{
    const WhGlobalEntries filled = {
        {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL},
        {"socket", 0, 0, G_OPTION_ARG_FILENAME, &cli->socket, NULL, NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &cli->help, NULL, NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &cli->version, NULL, NULL},
        G_OPTION_ENTRY_NULL,
    };
    memcpy(entries, filled, sizeof filled);
}

void wh_command_print_help(const WhCommand *command)
{
    g_print(_("Usage: wayhomectl %s %s\n"), command->name, command->arguments);
    g_print("\n%s\n", _(command->help));
}

WhExit wh_command_misused(const WhCommand *command, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    wh_output_error("%s", message);
    wh_output_error(_("See: wayhomectl help %s"), command->name);
    return WH_EXIT_USAGE;
}

static gboolean read_options(WhCli *cli, const GOptionEntry *entries, int *argc, char ***argv,
                             GError **error)
{
    WhGlobalEntries global;
    wh_command_global_entries(cli, global);
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_add_main_entries(context, global, NULL);
    if (entries != NULL)
        g_option_context_add_main_entries(context, entries, NULL);
    return wh_command_take_options(context, argc, argv, error);
}

gboolean wh_command_take_options(GOptionContext *context, int *argc, char ***argv, GError **error)
{
    gboolean taken = g_option_context_parse_strv(context, argv, error);
    *argc = (int)g_strv_length(*argv);
    return taken;
}

gboolean wh_command_parse(WhCli *cli, const WhCommand *command, const GOptionEntry *entries,
                          int least, int most, int *argc, char ***argv, WhExit *exit_code)
{
    g_autoptr(GError) error = NULL;
    if (!read_options(cli, entries, argc, argv, &error)) {
        *exit_code = wh_command_misused(command, "%s", error->message);
        return FALSE;
    }
    if (cli->help) {
        wh_command_print_help(command);
        *exit_code = WH_EXIT_OK;
        return FALSE;
    }
    /* What stands behind "--" is an argument, the "--" itself is none. */
    if (*argc > 1 && strcmp((*argv)[1], "--") == 0) {
        (*argv)++;
        (*argc)--;
    }
    int count = *argc - 1;
    if (count >= least && count <= most)
        return TRUE;
    *exit_code = wh_command_misused(command,
                                    count < least ? _("Something is missing: wayhomectl %s %s")
                                                  : _("That is too much: wayhomectl %s %s"),
                                    command->name, command->arguments);
    return FALSE;
}
