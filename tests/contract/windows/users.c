#include "platform/windows/token.h"
#include "tests/contract/users_adapter.h"

#include "platform/windows/access.h"

/* What they are called depends on the language of the system. */
const char *const wh_adapter_system_users[] = {"NT AUTHORITY\\SYSTEM", "BUILTIN\\Administrators",
                                               NULL};

const char *const wh_adapter_known_principal = "sid:S-1-5-18";
const char *const wh_adapter_known_name = "SYSTEM";
const char *const wh_adapter_nobodies[] = {
    "sid:S-1-5-21-1-2-3-4", "sid:", "sid:S-1", "sid:S-1-5-", "S-1-5-18", "uid:0", NULL};

static char *own(void)
{
    g_autofree char *sid = wh_access_own_sid();

    return wh_token_user_is_person(sid) ? g_steal_pointer(&sid) : NULL;
}

const char *wh_adapter_person(void)
{
    g_autofree char *sid = own();

    return sid != NULL ? g_intern_string(g_get_user_name()) : NULL;
}

const char *wh_adapter_principal(void)
{
    g_autofree char *sid = own();
    g_autofree char *principal = g_strconcat("sid:", sid, NULL);

    return g_intern_string(principal);
}
