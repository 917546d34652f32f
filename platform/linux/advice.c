#include "platform/advice.h"

static const char *const commands[][2] = {
    [WH_ADVICE_START] = {"systemctl start wayhome", "systemctl --user start wayhome"},
    [WH_ADVICE_RESTART] = {"systemctl restart wayhome", "systemctl --user restart wayhome"},
};

const char *wh_advice_command(WhAdviceCommand command, WhPathsScope scope)
{
    return commands[command][scope == WH_PATHS_USER];
}

gboolean wh_advice_has_sudo(void)
{
    return TRUE;
}

gboolean wh_advice_asks_for_password(void)
{
    return TRUE;
}

const char *wh_advice_sealing_needs(void)
{
    return " (systemd-creds), so they are in files that only the service and root may read. "
           "Whoever holds this disk, or a backup of it, can read them too. They are sealed at the "
           "next start after systemd 250 or a later one is installed.";
}

const char *wh_advice_sealing_command(void)
{
    return "systemctl restart wayhome-seal-encrypt.socket wayhome-seal-decrypt.socket";
}

char *wh_advice_credential(const char *name, const char *folder, WhPathsScope scope)
{
    const char *systemctl = scope == WH_PATHS_USER ? "systemctl --user" : "systemctl";
    return g_strdup_printf("Say %s edit wayhome, add the lines [Service] and "
                           "LoadCredential=%s:%s/%s, put the secret into that file, and say %s "
                           "restart wayhome: that needs a restart.",
                           systemctl, name, folder, name, systemctl);
}

const char *wh_advice_keyring(void)
{
    return "Install a keyring (for example GNOME Keyring). ";
}
