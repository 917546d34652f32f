#include "app/cli/elevated.h"

#include "platform/advice.h"

#include <glib/gi18n.h>

char *wh_elevated_command(const char *command)
{
    if (wh_advice_has_sudo())
        return g_strconcat("sudo ", command, NULL);
    return g_strdup_printf(_("%s (in a terminal that you open with “Run as administrator”)"),
                           command);
}

const char *wh_elevated_how(void)
{
    return wh_advice_has_sudo() ? _("with sudo")
                                : _("in a terminal that you open with “Run as administrator”");
}
