#include "app/cli/families.h"

#include <glib/gi18n.h>

gboolean wh_families_add(const WhCommand *command, const WhFamilies *families, json_t *parameters)
{
    int given = (families->ipv4_only != 0) + (families->ipv6_only != 0) + (families->both != 0);
    if (given > 1) {
        wh_command_misused(command,
                           _("Only one of --ipv4-only, --ipv6-only and --both is possible."));
        return FALSE;
    }
    if (given == 0)
        return TRUE;
    json_object_set_new(parameters, "ipv4", json_boolean(!families->ipv6_only));
    json_object_set_new(parameters, "ipv6", json_boolean(!families->ipv4_only));
    return TRUE;
}

gboolean wh_families_add_ttl(const WhCommand *command, gint64 ttl, json_t *parameters)
{
    if (ttl < -1 || ttl > G_MAXINT32) {
        wh_command_misused(command, _("--ttl is a number of seconds, 0 for the provider's own."));
        return FALSE;
    }
    if (ttl >= 0)
        json_object_set_new(parameters, "ttl", json_integer(ttl));
    return TRUE;
}
