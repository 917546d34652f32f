#include "platform/advice.h"

#include "platform/fake/state.h"

static const char *const commands[][2] = {
    [WH_ADVICE_START] = {"systemctl start wayhome", "systemctl --user start wayhome"},
    [WH_ADVICE_RESTART] = {"systemctl restart wayhome", "systemctl --user restart wayhome"},
};

const char *wh_advice_command(WhAdviceCommand command, WhPathsScope scope)
{
    if (wh_fake_state()->no_sudo && scope == WH_PATHS_USER)
        return NULL;
    return commands[command][scope == WH_PATHS_USER];
}

gboolean wh_advice_has_sudo(void)
{
    return !wh_fake_state()->no_sudo;
}

gboolean wh_advice_asks_for_password(void)
{
    return !wh_fake_state()->no_sudo;
}

const char *wh_advice_sealing_needs(void)
{
    return ", so they are in files.";
}

const char *wh_advice_sealing_command(void)
{
    return wh_fake_state()->no_sudo ? NULL : "systemctl restart wayhome-seal";
}

char *wh_advice_credential(const char *name, const char *folder, WhPathsScope scope)
{
    return g_strdup_printf("Put %s into %s.", name, folder);
}

const char *wh_advice_keyring(void)
{
    return "";
}

void wh_fake_advice_set_sudo(gboolean available)
{
    wh_fake_state()->no_sudo = !available;
}
