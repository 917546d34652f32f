#include "platform/users.h"

#include "platform/fake/state.h"
#include "platform/fake/users_fake.h"

static const struct {
    const char *name;
    const char *principal;
    gboolean person;
} users[] = {
    {"root", "uid:0", FALSE},
    {"www-data", "uid:33", FALSE},
    {WH_FAKE_USERS_ALICE, "uid:1000", TRUE},
    {WH_FAKE_USERS_BOB, "uid:1001", TRUE},
};

char *wh_users_name(const char *principal)
{
    for (guint i = 0; i < G_N_ELEMENTS(users); i++)
        if (g_str_equal(users[i].principal, principal))
            return g_strdup(users[i].name);
    return NULL;
}

char *wh_users_find(const char *user, char **name, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(users); i++) {
        if (!g_str_equal(users[i].name, user))
            continue;
        if (!users[i].person) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No person: %s", user);
            return NULL;
        }
        *name = g_strdup(user);
        return g_strdup(users[i].principal);
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Nobody: %s", user);
    return NULL;
}

gboolean wh_users_principals_return(void)
{
    return !wh_fake_state()->users_never_return;
}

void wh_fake_users_set_return(gboolean principals_return)
{
    wh_fake_state()->users_never_return = !principals_return;
}
