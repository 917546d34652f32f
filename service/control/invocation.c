#include "service/control/invocation.h"

#include "service/control/control_private.h"

WhInvocation *wh_invocation_new(WhControl *control, WhConnection *connection, WhCall *call)
{
    WhInvocation *invocation = g_new0(WhInvocation, 1);
    invocation->control = control;
    invocation->connection = connection;
    invocation->call = call;
    g_ptr_array_add(control->invocations, invocation);
    return invocation;
}

void wh_invocation_free(WhInvocation *invocation)
{
    if (invocation->control != NULL)
        g_ptr_array_remove_fast(invocation->control->invocations, invocation);
    wh_call_free(invocation->call);
    g_free(invocation);
}

const WhControlRooms *wh_invocation_rooms(const WhInvocation *invocation)
{
    return &invocation->control->rooms;
}

json_t *wh_invocation_parameter(const WhInvocation *invocation, const char *name)
{
    json_t *value = json_object_get(invocation->call->parameters, name);
    return json_is_null(value) ? NULL : value;
}

const char *wh_invocation_text(const WhInvocation *invocation, const char *name)
{
    return json_string_value(wh_invocation_parameter(invocation, name));
}

static void send(WhInvocation *invocation, GBytes *bytes)
{
    if (invocation->connection != NULL && !invocation->call->oneway)
        wh_connection_send(invocation->connection, bytes);
    g_bytes_unref(bytes);
}

/* The connection goes on with its next call, which may well end it. */
static void finish(WhInvocation *invocation)
{
    WhConnection *connection = invocation->connection;
    wh_invocation_free(invocation);
    if (connection != NULL)
        wh_connection_done(connection);
}

void wh_invocation_reply(WhInvocation *invocation, json_t *parameters)
{
    send(invocation, wh_reply_build(parameters, FALSE));
    json_decref(parameters);
    finish(invocation);
}

void wh_invocation_fail(WhInvocation *invocation, const char *error_name, json_t *parameters)
{
    send(invocation, wh_error_build(error_name, parameters));
    json_decref(parameters);
    finish(invocation);
}

void wh_invocation_stream(WhInvocation *invocation, json_t *parameters)
{
    send(invocation, wh_reply_build(parameters, TRUE));
}
