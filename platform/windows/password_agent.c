#include "platform/password_agent.h"

/* Windows asks administrators on a screen of its own (User Account Control), when a program is
 * started; there is nothing that could ask at a terminal later. */
WhPasswordAgent *wh_password_agent_new(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "Windows asks for no password at a terminal. Open the terminal as an "
                        "administrator (“Run as administrator”), and try it there");
    return NULL;
}

void wh_password_agent_free(WhPasswordAgent *agent)
{
}
