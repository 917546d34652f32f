#include "app/cli/cli.h"

#include "app/cli/output.h"
#include "app/cli/step.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <glib/gi18n.h>
#include <string.h>

static WhExit exit_code_of(const GError *error, const char *error_name)
{
    if (g_strcmp0(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0 ||
        g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_UNSAFE))
        return WH_EXIT_DENIED;
    if (g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY) ||
        g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST))
        return WH_EXIT_AWAY;
    return WH_EXIT_REFUSED;
}

WhExit wh_cli_failed(const GError *error, const char *error_name, json_t *parameters)
{
    if (error_name != NULL) {
        g_autofree char *sentence = wh_sentence_error(error_name, parameters);
        g_autofree char *step = wh_step_error(error_name, parameters);
        wh_output_error("%s", sentence);
        if (step != NULL)
            wh_output_error("%s", step);
    } else {
        wh_output_error("%s", error->message);
    }
    if (g_error_matches(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY))
        wh_output_error(_("Start it for yourself: systemctl --user start wayhome (or, without "
                          "systemd: %s --user)"),
                        WH_CLI_SERVICE);
    return exit_code_of(error, error_name);
}

WhClient *wh_cli_client(WhCli *cli, WhExit *exit_code)
{
    if (cli->client != NULL)
        return cli->client;
    g_autoptr(GError) error = NULL;
    cli->client = wh_client_new(cli->socket, &error);
    if (cli->client == NULL)
        *exit_code = wh_cli_failed(error, NULL, NULL);
    return cli->client;
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
        return wh_cli_failed(error, error_name, error_parameters);
    if (result != NULL)
        *result = g_steal_pointer(&answer);
    return WH_EXIT_OK;
}

WhExit wh_cli_change(WhCli *cli, const char *method, json_t *parameters, const char *done)
{
    g_autoptr(json_t) answer = NULL;
    WhExit exit_code = wh_cli_call(cli, method, parameters, &answer);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    if (cli->json)
        wh_output_json(answer);
    else if (done != NULL)
        wh_output_line("%s", done);
    return WH_EXIT_OK;
}
