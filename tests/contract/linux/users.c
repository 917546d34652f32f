#include "platform/linux/peer.h"
#include "tests/contract/users_adapter.h"

#include <pwd.h>

const char *const wh_adapter_system_users[] = {"root", "daemon", "nobody", NULL};

const char *const wh_adapter_known_principal = "uid:0";
const char *const wh_adapter_known_name = "root";
const char *const wh_adapter_nobodies[] = {
    "uid:3999999999", "uid:4294967295", "uid:", "uid:-1", "uid:0x0", NULL};

static const struct passwd *person(void)
{
    const struct passwd *entry;

    setpwent();
    do
        entry = getpwent();
    while (entry != NULL && !wh_peer_uid_is_person(entry->pw_uid));
    return entry;
}

const char *wh_adapter_person(void)
{
    const struct passwd *entry = person();

    return entry != NULL ? g_intern_string(entry->pw_name) : NULL;
}

const char *wh_adapter_principal(void)
{
    g_autofree char *principal = g_strdup_printf("uid:%u", person()->pw_uid);

    return g_intern_string(principal);
}
