#include "app/cli/cli.h"
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/client/sentences.h"
#include "service/protocol/message.h"

#include <glib/gi18n.h>
#include <string.h>

static void print_vpn(json_t *vpn)
{
    g_autofree char *head = g_strdup_printf("%s ", wh_lookup_text(vpn, "vpn"));
    g_autofree char *sentence = wh_sentence_vpn(vpn);
    wh_output_wrapped(head, 4, sentence);
}

static WhExit show(WhCli *cli)
{
    g_autoptr(json_t) state = NULL;
    WhExit exit_code = wh_lookup_state(cli, &state);
    if (exit_code != WH_EXIT_OK)
        return exit_code;
    json_t *vpns = json_object_get(state, "vpns");
    if (cli->json) {
        g_autoptr(json_t) answer = json_pack("{s:O*}", "vpns", vpns);
        wh_output_json(answer);
        return WH_EXIT_OK;
    }
    size_t i;
    json_t *vpn;
    json_array_foreach(vpns, i, vpn)
    {
        print_vpn(vpn);
    }
    if (json_array_size(vpns) == 0)
        wh_output_wrapped("", 0, _("No VPN is in the way, and nothing was decided for one."));
    return WH_EXIT_OK;
}

static gboolean is_choice(const char *word)
{
    static const char *const words[] = {"line", "vpn", "nothing", NULL};
    return g_strv_contains(words, word);
}

static char *done_sentence(const char *vpn, const char *publish)
{
    if (strcmp(publish, "line") == 0)
        return g_strdup_printf(_("While %s is on, names point to your home's own line."), vpn);
    if (strcmp(publish, "vpn") == 0)
        return g_strdup_printf(_("While %s is on, names point to its other end."), vpn);
    return g_strdup_printf(_("While %s is on, names keep the address that they have."), vpn);
}

static WhExit run(WhCli *cli, const WhCommand *command, int argc, char **argv)
{
    WhExit exit_code;
    if (!wh_command_parse(cli, command, NULL, 0, 2, &argc, &argv, &exit_code))
        return exit_code;
    if (argc == 1)
        return show(cli);
    if (argc == 2 || !is_choice(argv[2]))
        return wh_command_misused(command, _("Say what is to be published: line, vpn or nothing."));
    g_autoptr(json_t) parameters = json_pack("{s:s, s:s}", "vpn", argv[1], "publish", argv[2]);
    g_autofree char *done = done_sentence(argv[1], argv[2]);
    return wh_cli_change(cli, "SetVpn", parameters, done);
}

const WhCommand wh_command_vpn = {
    "vpn", "[VPN line|vpn|nothing]", N_("Say what names point to while a VPN is on"),
    N_("While everything goes through a VPN, sources on the internet see the address of\n"
       "the VPN's other end. Nobody asks past the VPN unless you say so here: until then\n"
       "names keep the address that they have. What you say is remembered for that VPN.\n"
       "Without an argument says which VPN is on, and what was decided.\n"
       "\n"
       "  VPN       the name of its network interface, such as tun0 or wg0\n"
       "  line      the address of your home's own line, asked for past the VPN\n"
       "  vpn       the address at the VPN's other end\n"
       "  nothing   nothing new\n"
       "\n"
       "Examples:\n"
       "  wayhomectl vpn\n"
       "  wayhomectl vpn wg0 line"),
    run};
