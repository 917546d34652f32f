#include "service/control/dispatch.h"

#include "service/control/admission.h"
#include "service/control/methods.h"
#include "service/protocol/description.h"
#include "service/protocol/names.h"

#include <string.h>

static void fail_with(WhInvocation *invocation, const char *error_name, const char *member,
                      const char *value)
{
    wh_invocation_fail(invocation, error_name, json_pack("{s:s}", member, value));
}

static void fail_unknown(WhInvocation *invocation)
{
    const char *method = invocation->call->method;
    g_autofree char *interface = g_strndup(method, (gsize)(strrchr(method, '.') - method));
    if (wh_description_text(interface) == NULL)
        fail_with(invocation, WH_VARLINK_ERROR("InterfaceNotFound"), "interface", interface);
    else
        fail_with(invocation, WH_VARLINK_ERROR("MethodNotFound"), "method", method);
}

/* The first parameter that does not fit, or NULL. */
static char *wrong_parameter(const WhInvocation *invocation)
{
    const char *method = invocation->call->method;
    const char *dot = strrchr(method, '.');
    g_autofree char *interface = g_strndup(method, (gsize)(dot - method));
    char *member = NULL;
    wh_description_check_input(interface, dot + 1, invocation->call->parameters, &member);
    return member;
}

static void call_method(const WhMethod *method, WhInvocation *invocation)
{
    const WhCall *call = invocation->call;
    g_autofree char *wrong = NULL;
    if (call->upgrade)
        fail_with(invocation, WH_VARLINK_ERROR("InvalidParameter"), "parameter", "upgrade");
    else if (method->wants_more && (!call->more || call->oneway))
        wh_invocation_fail(invocation, WH_VARLINK_ERROR("ExpectedMore"), NULL);
    else if ((wrong = wrong_parameter(invocation)) != NULL)
        fail_with(invocation, WH_VARLINK_ERROR("InvalidParameter"), "parameter", wrong);
    else
        method->call(invocation);
}

static void carry_out(WhInvocation *invocation)
{
    const WhMethod *method = wh_methods_find(invocation->call->method);
    if (method == NULL)
        fail_unknown(invocation);
    else
        call_method(method, invocation);
}

/* The error's message starts with the member's name. */
static void answer_no_call(WhConnection *connection, const GError *error)
{
    g_autofree char *member = g_strndup(error->message, strcspn(error->message, ":"));
    g_autoptr(json_t) parameters = json_pack("{s:s}", "parameter", member);
    g_autoptr(GBytes) answer = wh_error_build(WH_VARLINK_ERROR("InvalidParameter"), parameters);
    wh_connection_send(connection, answer);
    wh_connection_done(connection);
}

gboolean wh_dispatch(WhControl *control, WhConnection *connection, const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    WhCall *call = wh_call_parse(bytes, length, &error);
    if (call != NULL)
        wh_admission_decide(wh_invocation_new(control, connection, call), carry_out);
    else if (g_error_matches(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_NOT_A_CALL))
        answer_no_call(connection, error);
    return call != NULL || g_error_matches(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_NOT_A_CALL);
}
