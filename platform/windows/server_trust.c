#include "platform/windows/server_trust.h"

#include "platform/paths.h"
#include "platform/windows/access.h"
#include "platform/windows/service_process.h"
#include "platform/windows/token.h"

gboolean wh_server_trust_decide(gboolean is_system_address, guint32 server, guint32 service,
                                const char *user, const char *self)
{
    if (server == 0)
        return FALSE;
    if (is_system_address)
        return server == service;
    return user != NULL && (g_str_equal(user, self) || g_str_equal(user, WH_ACCESS_SYSTEM));
}

gboolean wh_server_trust_check(HANDLE pipe, const char *address, GError **error)
{
    g_autofree char *of_computer = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *self = wh_access_own_sid();
    g_autofree char *user = NULL;
    gboolean is_system_address =
        of_computer != NULL && g_ascii_strcasecmp(address, of_computer) == 0;
    ULONG server = 0;
    guint32 service = 0;

    if (!GetNamedPipeServerProcessId(pipe, &server))
        server = 0;
    if (is_system_address)
        service = wh_service_process_id();
    else
        user = wh_token_user_of_process(server);
    if (wh_server_trust_decide(is_system_address, server, service, user, self))
        return TRUE;
    if (is_system_address)
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "The program that answers at %s (process %lu) is not the Wayhome service that "
                    "is installed on this computer, and is not trusted",
                    address, server);
    else
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "The program that answers at %s (process %lu) belongs to another user and is "
                    "not trusted",
                    address, server);
    return FALSE;
}
