#include "platform/advice.h"

/* What PowerShell calls it; net.exe has no command that restarts. */
static const char *const commands[] = {
    [WH_ADVICE_START] = "Start-Service wayhome",
    [WH_ADVICE_RESTART] = "Restart-Service wayhome",
};

const char *wh_advice_command(WhAdviceCommand command, WhPathsScope scope)
{
    return scope == WH_PATHS_SYSTEM ? commands[command] : NULL;
}

gboolean wh_advice_has_sudo(void)
{
    return FALSE;
}

gboolean wh_advice_asks_for_password(void)
{
    return FALSE;
}

const char *wh_advice_sealing_needs(void)
{
    return ", so they are in files that only the service and administrators may read.";
}

const char *wh_advice_sealing_command(void)
{
    return NULL;
}

char *wh_advice_credential(const char *name, const char *folder, WhPathsScope scope)
{
    return g_strdup("The service manager of Windows hands over none: put the secret into a file of "
                    "its own and say file:PATH.");
}

const char *wh_advice_keyring(void)
{
    return "";
}
