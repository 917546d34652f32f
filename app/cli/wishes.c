#include "app/cli/wishes.h"

#include <glib/gi18n.h>

/* What is no text is not left out but refused by the service. */
static json_t *text(const char *word)
{
    g_autofree char *valid = g_utf8_make_valid(word, -1);
    return json_string(valid);
}

static gboolean add_machine(const WhCommand *command, const WhWishOptions *wishes,
                            json_t *parameters)
{
    int given = (wishes->suffix != NULL) + (wishes->mac != NULL) + (wishes->this_computer != 0);
    if (given > 1) {
        wh_command_misused(command, _("Only one of --machine-suffix, --machine-mac and "
                                      "--this-computer is possible."));
        return FALSE;
    }
    if (wishes->suffix != NULL)
        json_object_set_new(parameters, "suffix", text(wishes->suffix));
    if (wishes->mac != NULL)
        json_object_set_new(parameters, "mac", text(wishes->mac));
    if (wishes->this_computer)
        json_object_set_new(parameters, "suffix", json_string(""));
    return TRUE;
}

/* One option that sets a member, and one that takes it back. */
static gboolean add_flag(const WhCommand *command, gboolean on, gboolean off, const char *both,
                         const char *member, json_t *parameters)
{
    if (on && off) {
        wh_command_misused(command, "%s", both);
        return FALSE;
    }
    if (on || off)
        json_object_set_new(parameters, member, json_boolean(on));
    return TRUE;
}

static gboolean add_networks(const WhCommand *command, const WhWishOptions *wishes,
                             json_t *parameters)
{
    if (wishes->anywhere && (wishes->only_here || wishes->only_on != NULL)) {
        wh_command_misused(command, _("--anywhere is the opposite of --only-here and --only-on."));
        return FALSE;
    }
    if (wishes->only_on != NULL) {
        json_t *networks = json_array();
        for (guint i = 0; wishes->only_on[i] != NULL; i++)
            json_array_append_new(networks, text(wishes->only_on[i]));
        json_object_set_new(parameters, "networks", networks);
    }
    if (wishes->anywhere || wishes->only_here)
        json_object_set_new(parameters, "only_here", json_boolean(wishes->only_here));
    return TRUE;
}

gboolean wh_wish_options_add(const WhCommand *command, const WhWishOptions *wishes,
                             json_t *parameters)
{
    return add_machine(command, wishes, parameters) &&
           add_flag(command, wishes->lan, wishes->internet,
                    _("Only one of --lan and --internet is possible."), "lan", parameters) &&
           add_flag(command, wishes->withhold, wishes->always,
                    _("Only one of --withhold-unreachable and --always is possible."),
                    "withhold_unreachable", parameters) &&
           add_networks(command, wishes, parameters);
}

void wh_wish_options_clear(WhWishOptions *wishes)
{
    g_clear_pointer(&wishes->suffix, g_free);
    g_clear_pointer(&wishes->mac, g_free);
    g_clear_pointer(&wishes->only_on, g_strfreev);
}
