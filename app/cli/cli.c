#include "app/cli/cli.h"

#include "app/cli/ask.h"
#include "app/cli/elevated.h"
#include "app/cli/output.h"
#include "app/cli/step.h"
#include "app/client/caller.h"
#include "app/client/sentences.h"
#include "platform/advice.h"
#include "platform/password_agent.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

static WhExit exit_code_of(const GError *error, const char *error_name)
{
    if (g_strcmp0(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0 ||
        g_strcmp0(error_name, WH_CONTROL_ERROR("InteractionNeeded")) == 0 ||
        g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE))
        return WH_EXIT_DENIED;
    if (g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY) ||
        g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST))
        return WH_EXIT_AWAY;
    return WH_EXIT_REFUSED;
}

static void say_how_to_start(void)
{
    g_autofree char *program = wh_paths_program(WH_CLI_SERVICE);
    g_autofree char *computer =
        wh_elevated_command(wh_advice_command(WH_ADVICE_START, WH_PATHS_SYSTEM));
    const char *own = wh_advice_command(WH_ADVICE_START, WH_PATHS_USER);
    if (own != NULL)
        wh_output_error(_("Start that of the whole computer: %s; or one for yourself: %s (without "
                          "systemd: %s --user)"),
                        computer, own, program);
    else
        wh_output_error(_("Start that of the whole computer: %s"), computer);
}

WhExit wh_cli_failed(const char *method, const GError *error, const char *error_name,
                     json_t *parameters)
{
    if (error_name != NULL) {
        g_autofree char *sentence = wh_sentence_error(error_name, parameters);
        g_autofree char *step = wh_step_error(method, error_name, parameters);
        wh_output_error("%s", sentence);
        if (step != NULL)
            wh_output_error("%s", step);
    } else {
        wh_output_error("%s", error->message);
    }
    if (g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY))
        say_how_to_start();
    return exit_code_of(error, error_name);
}

/* Which error it was, or NULL when the answer came: then it is kept. */
static char *look(WhCli *cli)
{
    char *error_name = NULL;
    g_autoptr(json_t) answer =
        wh_client_call_sync(cli->client, "Status", NULL, &error_name, NULL, NULL);
    json_decref(cli->state);
    cli->state = json_incref(json_object_get(answer, "state"));
    return error_name;
}

/* Whom the service of the whole computer does not let look has one of their own, perhaps. What else
 * is wrong is told by what is asked next. */
static void look_around(WhCli *cli)
{
    g_autofree char *error_name = look(cli);
    if (cli->socket != NULL || g_strcmp0(error_name, WH_VARLINK_ERROR("PermissionDenied")) != 0)
        return;
    WhClient *own = wh_client_new_instead(cli->client);
    if (own == NULL)
        return;
    wh_client_free(cli->client);
    cli->client = own;
    g_free(look(cli));
}

WhClient *wh_cli_client(WhCli *cli, WhExit *exit_code)
{
    if (cli->client != NULL)
        return cli->client;
    g_autoptr(GError) error = NULL;
    cli->client = wh_client_new(cli->socket, &error);
    if (cli->client != NULL)
        look_around(cli);
    else
        *exit_code = wh_cli_failed(NULL, error, NULL, NULL);
    return cli->client;
}

json_t *wh_cli_service(WhCli *cli)
{
    return json_object_get(cli->state, "service");
}

WhExit wh_cli_call(WhCli *cli, const char *method, json_t *parameters, json_t **result)
{
    WhExit exit_code = WH_EXIT_OK;
    WhClient *client = wh_cli_client(cli, &exit_code);
    if (client == NULL)
        return exit_code;
    g_autoptr(GError) error = NULL;
    g_autofree char *error_name = NULL;
    g_autoptr(json_t) error_parameters = NULL;
    g_autoptr(json_t) answer =
        wh_client_call_sync(client, method, parameters, &error_name, &error_parameters, &error);
    if (answer == NULL)
        return wh_cli_failed(method, error, error_name, error_parameters);
    if (result != NULL)
        *result = g_steal_pointer(&answer);
    return WH_EXIT_OK;
}

/* Who may manage is asked for no password. */
static gboolean may_be_asked(WhCli *cli)
{
    return cli->state == NULL || wh_caller_of(wh_cli_service(cli)) == WH_CALLER_OBSERVE;
}

WhExit wh_cli_act(WhCli *cli, const char *method, json_t *parameters, json_t **result)
{
    WhExit exit_code = WH_EXIT_OK;
    if (wh_cli_client(cli, &exit_code) == NULL)
        return exit_code;
    if (!wh_ask_is_possible())
        return wh_cli_call(cli, method, parameters, result);
    g_autoptr(json_t) asked = parameters != NULL ? json_copy(parameters) : json_object();
    json_object_set_new(asked, "interactive", json_true());
    /* Without it the desktop asks, or the service says that nobody could be asked. */
    G_GNUC_UNUSED g_autoptr(WhPasswordAgent) agent =
        may_be_asked(cli) ? wh_password_agent_new(NULL) : NULL;
    return wh_cli_call(cli, method, asked, result);
}

WhExit wh_cli_claim_first(WhCli *cli)
{
    WhExit exit_code = WH_EXIT_OK;
    if (wh_cli_client(cli, &exit_code) == NULL || !wh_caller_must_claim(wh_cli_service(cli)))
        return exit_code;
    exit_code = wh_cli_act(cli, "Claim", NULL, NULL);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (!cli->json)
        wh_output_line("%s", _("You manage Wayhome on this computer from now on."));
    g_free(look(cli));
    return WH_EXIT_OK;
}

WhExit wh_cli_change(WhCli *cli, const char *method, json_t *parameters, const char *done)
{
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_cli_act(cli, method, parameters, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json)
        wh_output_json(answer);
    else if (done != NULL)
        wh_output_line("%s", done);
    return WH_EXIT_OK;
}
