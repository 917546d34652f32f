#include "platform/password_agent.h"

/* There is no terminal at which anybody could be asked. */
WhPasswordAgent *wh_password_agent_new(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "There is no terminal");
    return NULL;
}

void wh_password_agent_free(WhPasswordAgent *agent)
{
}
