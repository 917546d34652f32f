#include "platform/dns_servers.h"

#include "platform/fake/state.h"

#define MAX_SERVERS 3

char **wh_dns_servers_list(void)
{
    char **set = wh_fake_state()->dns_servers;
    GPtrArray *servers = g_ptr_array_new();

    for (guint i = 0; set != NULL && set[i] != NULL && i < MAX_SERVERS; i++)
        g_ptr_array_add(servers, g_strdup(set[i]));
    if (servers->len == 0)
        g_ptr_array_add(servers, g_strdup("127.0.0.1"));
    g_ptr_array_add(servers, NULL);
    return (char **)g_ptr_array_free(servers, FALSE);
}

void wh_fake_dns_servers_set(const char *const *servers)
{
    WhFakeState *state = wh_fake_state();

    g_strfreev(state->dns_servers);
    state->dns_servers = g_strdupv((char **)servers);
}
