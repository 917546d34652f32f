#include "platform/windows/server_trust.h"

#include "platform/paths.h"
#include "platform/windows/access.h"
#include "platform/windows/service_process.h"
#include "platform/windows/token.h"

static gboolean is_of_another_person(const WhServer *server, const WhServerExpected *expected)
{
    return server->owner != NULL && wh_token_user_is_person(server->owner) &&
           g_strcmp0(server->owner, expected->self) != 0;
}

gboolean wh_server_trust_of_computer(const WhServer *server, const WhServerExpected *expected)
{
    if (g_strcmp0(server->owner, WH_ACCESS_SYSTEM) == 0 ||
        g_strcmp0(server->owner, WH_ACCESS_ADMINISTRATORS) == 0)
        return TRUE;
    if (expected->is_told)
        return server->process != 0 && server->process == expected->process &&
               !is_of_another_person(server, expected);
    return g_strcmp0(server->owner, expected->account) == 0;
}

gboolean wh_server_trust_of_person(const WhServer *server, const char *self)
{
    return g_strcmp0(server->user, self) == 0 || g_strcmp0(server->user, WH_ACCESS_SYSTEM) == 0;
}

static gboolean check_computer(const WhServer *server, const char *address, GError **error)
{
    g_autofree char *account = wh_access_service_sid(WH_ACCESS_SERVICE);
    g_autofree char *self = wh_access_own_owner();
    WhServerExpected expected = {.account = account, .self = self};

    expected.is_told = wh_service_process_find(&expected.process);
    if (wh_server_trust_of_computer(server, &expected))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "The program that answers at %s (process %u) is not the Wayhome service that "
                "is installed on this computer, and is not trusted",
                address, server->process);
    return FALSE;
}

static gboolean check_person(WhServer *server, const char *address, GError **error)
{
    g_autofree char *self = wh_access_own_sid();
    g_autofree char *user = wh_token_user_of_process(server->process);

    server->user = user;
    if (wh_server_trust_of_person(server, self))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                "The program that answers at %s (process %u) belongs to another user and is not "
                "trusted",
                address, server->process);
    return FALSE;
}

gboolean wh_server_trust_check(HANDLE pipe, const char *address, GError **error)
{
    g_autofree char *of_computer = wh_paths_control_address(WH_PATHS_SYSTEM);
    g_autofree char *owner = wh_access_owner_of(pipe);
    WhServer server = {.owner = owner};
    ULONG process = 0;

    if (GetNamedPipeServerProcessId(pipe, &process))
        server.process = process;
    if (of_computer != NULL && g_ascii_strcasecmp(address, of_computer) == 0)
        return check_computer(&server, address, error);
    return check_person(&server, address, error);
}
