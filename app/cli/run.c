#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "platform/paths.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static const WhCommand *const commands[] = {
    &wh_command_status,      &wh_command_watch,        &wh_command_providers,
    &wh_command_add_account, &wh_command_edit_account, &wh_command_remove_account,
    &wh_command_add_host,    &wh_command_edit_host,    &wh_command_remove_host,
    &wh_command_secret,      &wh_command_test,         &wh_command_update,
    &wh_command_pause,       &wh_command_resume,       &wh_command_history,
    &wh_command_unlock,      &wh_command_secret_file,  &wh_command_unattended,
    &wh_command_claim,       &wh_command_owner,        &wh_command_reload,
    &wh_command_vpn,         &wh_command_doctor,
};

static const WhCommand *find(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static void print_help(void)
{
    g_print("%s\n\n",
            _("Usage: wayhomectl [--json] [--socket PATH] COMMAND ...\n"
              "\n"
              "Wayhome keeps names pointing at this computer. This program shows what its\n"
              "service does and tells it what to do."));
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        g_print("  %-16s %s\n", commands[i]->name, _(commands[i]->summary));
    g_print("  %-16s %s\n", "help [COMMAND]", _("Explain a command, with examples"));
    g_print("\n%s\n",
            _("Options\n"
              "  --json           print the service's answer as one JSON object\n"
              "  --socket PATH    the service's socket; otherwise the computer's service is\n"
              "                   asked, then your own (wayhomed --user)\n"
              "  --help, --version\n"
              "\n"
              "First steps\n"
              "  wayhomectl providers                       who can hold your name\n"
              "  wayhomectl add-account duckdns             asks for the token\n"
              "  wayhomectl add-host myname.duckdns.org     from now on it is kept right\n"
              "  wayhomectl status\n"
              "\n"
              "Exit codes\n"
              "  0  done\n"
              "  1  the service refused, or it failed\n"
              "  2  the command line is wrong\n"
              "  3  the service is not reachable\n"
              "  4  not permitted\n"
              "  5  something needs attention (--check of status and doctor)"));
}

static WhExit help(int argc, char **argv)
{
    const WhCommand *command = argc > 1 ? find(argv[1]) : NULL;
    if (command != NULL)
        wh_command_print_help(command);
    else
        print_help();
    if (argc > 1 && command == NULL) {
        wh_output_error(_("There is no command “%s”."), argv[1]);
        return WH_EXIT_USAGE;
    }
    return WH_EXIT_OK;
}

/* Options that other programs have. Told apart from a mere typing error, and without repeating the
 * value. */
static gboolean has_secret_option(int argc, char **argv)
{
    static const char *const names[] = {"--secret", "--password", "--token", "--key"};
    for (int i = 1; i < argc; i++)
        for (guint n = 0; n < G_N_ELEMENTS(names); n++)
            if (g_str_has_prefix(argv[i], names[n]))
                return TRUE;
    return FALSE;
}

/* Reads the options before the command; leaves argv[1] at the command. */
static gboolean read_global(WhCli *cli, int *argc, char ***argv)
{
    WhGlobalEntries entries;
    wh_command_global_entries(cli, entries);
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, TRUE);
    g_option_context_add_main_entries(context, entries, NULL);
    if (wh_command_take_options(context, argc, argv, &error))
        return TRUE;
    wh_output_error("%s", error->message);
    wh_output_error(_("See: wayhomectl --help"));
    return FALSE;
}

static WhExit run_command(WhCli *cli, int argc, char **argv)
{
    if (cli->version) {
        g_print("wayhomectl %s\n", WH_CLI_VERSION);
        return WH_EXIT_OK;
    }
    if (cli->help || argc < 2) {
        print_help();
        return cli->help ? WH_EXIT_OK : WH_EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0)
        return help(argc - 1, argv + 1);
    const WhCommand *command = find(argv[1]);
    if (command == NULL) {
        wh_output_error(_("There is no command “%s”. See: wayhomectl --help"), argv[1]);
        return WH_EXIT_USAGE;
    }
    return command->run(cli, command, argc - 1, argv + 1);
}

static void set_language(void)
{
    setlocale(LC_ALL, "");
    g_autofree char *folder = wh_paths_locale_folder(WH_CLI_LOCALE_DIR);
    bindtextdomain(GETTEXT_PACKAGE, folder);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
}

int wh_cli_run(int argc, char **argv)
{
    wh_message_use_wiping_allocator();
    set_language();
    if (has_secret_option(argc, argv)) {
        wh_output_error(
            _("A secret cannot be an argument: every user of this computer can see "
              "arguments. Leave it out; it is asked for, or read from standard input."));
        return WH_EXIT_USAGE;
    }
    WhCli cli = {0};
    WhExit exit_code = WH_EXIT_USAGE;
    if (read_global(&cli, &argc, &argv))
        exit_code = run_command(&cli, argc, argv);
    if (!wh_output_finish() && exit_code == WH_EXIT_OK)
        exit_code = WH_EXIT_REFUSED;
    wh_client_free(cli.client);
    json_decref(cli.state);
    g_free(cli.socket);
    return exit_code;
}
