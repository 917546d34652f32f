#include "service/protocol/description.h"
#include "service/protocol/idl.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_call(const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhCall) call = wh_call_parse(bytes, length, &error);
    g_assert((call == NULL) == (error != NULL));
    if (call == NULL)
        return;
    g_auto(GStrv) methods = wh_description_methods(WH_CONTROL_INTERFACE);
    for (guint i = 0; methods[i] != NULL; i++) {
        g_autofree char *member = NULL;
        gboolean fits =
            wh_description_check_input(WH_CONTROL_INTERFACE, methods[i], call->parameters, &member);
        g_assert(fits == (member == NULL));
    }
    g_autoptr(GBytes) again =
        wh_call_build(call->method, call->parameters, call->more, call->oneway);
    g_assert(g_bytes_get_size(again) > 0);
}

static void try_reply(const char *bytes, gsize length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhReply) reply = wh_reply_parse(bytes, length, &error);
    g_assert((reply == NULL) == (error != NULL));
}

static void try_interface(const char *bytes, gsize length)
{
    g_autofree char *text = g_strndup(bytes, length);
    g_autoptr(GError) error = NULL;
    g_autoptr(WhIdl) idl = wh_idl_parse(text, &error);
    g_assert((idl == NULL) == (error != NULL));
}

/* Bytes from the socket, as a call, as a reply and, why not, as an interface file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_call((const char *)data, size);
    try_reply((const char *)data, size);
    try_interface((const char *)data, size);
    return 0;
}
