/* One command of the command line. */
#pragma once

#include "app/client/client.h"

G_BEGIN_DECLS

/* Told to scripts in --help; never changed. */
typedef enum {
    WH_EXIT_OK = 0,
    WH_EXIT_REFUSED = 1,   /* the service refused, or the operation failed */
    WH_EXIT_USAGE = 2,     /* the command line is wrong */
    WH_EXIT_AWAY = 3,      /* the service is not reachable */
    WH_EXIT_DENIED = 4,    /* not permitted */
    WH_EXIT_ATTENTION = 5, /* status --check, doctor --check: something needs attention */
} WhExit;

/* What the whole program was told. client: made at the first call. state: what the service said of
 * itself then, NULL: it did not let look. */
typedef struct {
    gboolean json;
    gboolean help;
    gboolean version;
    char *socket;
    WhClient *client;
    json_t *state;
} WhCli;

/* arguments: what follows the name in the usage line. summary: one line. help: what it does, with
 * examples. run gets the arguments without the options, which wh_command_parse() takes out. */
typedef struct WhCommand WhCommand;
struct WhCommand {
    const char *name;
    const char *arguments;
    const char *summary;
    const char *help;
    WhExit (*run)(WhCli *cli, const WhCommand *command, int argc, char **argv);
};

extern const WhCommand wh_command_status, wh_command_watch, wh_command_providers,
    wh_command_add_account, wh_command_edit_account, wh_command_remove_account, wh_command_add_host,
    wh_command_edit_host, wh_command_remove_host, wh_command_secret, wh_command_test,
    wh_command_update, wh_command_pause, wh_command_resume, wh_command_history,
    wh_command_secret_file, wh_command_unlock, wh_command_claim, wh_command_owner,
    wh_command_unattended, wh_command_reload, wh_command_vpn, wh_command_doctor;

/* Reads the command's options (NULL: none) and the global ones, wherever they stand, out of
 * argv[1..]; what is left are the arguments, from least to most of them. FALSE: *exit_code says how
 * to end; it is told already. */
gboolean wh_command_parse(WhCli *cli, const WhCommand *command, const GOptionEntry *entries,
                          int least, int most, int *argc, char ***argv, WhExit *exit_code);

/* Takes what `context` knows out of argv[1..]. UTF-8, whatever the system's encoding is; each
 * argument is in memory of its own, and those taken out are freed. */
gboolean wh_command_take_options(GOptionContext *context, int *argc, char ***argv, GError **error);

/* The options that every command takes; terminated. The values live in `cli`. */
typedef GOptionEntry WhGlobalEntries[5];
void wh_command_global_entries(WhCli *cli, WhGlobalEntries entries);

/* Says on standard error what is wrong with the command line, and how to learn more. */
WhExit wh_command_misused(const WhCommand *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The command's own page. */
void wh_command_print_help(const WhCommand *command);

G_END_DECLS
