#include "tests/unit/test_stub_service.h"

#include "platform/local_socket.h"
#include "service/control/connection.h"
#include "service/protocol/description.h"
#include "service/protocol/message.h"
#include "service/protocol/names.h"

#include <string.h>

/* answers: method to the bytes of its answer, none to be silent. calls: method to parameters.
 * counts: method to how often it was called. */
struct StubService {
    WhListener *listener;
    GPtrArray *connections;
    GHashTable *answers;
    GHashTable *calls;
    GHashTable *counts;
};

static GBytes *answer_to(StubService *stub, const WhCall *call)
{
    GBytes *answer = g_hash_table_lookup(stub->answers, call->method);
    if (answer != NULL)
        return g_bytes_ref(answer);
    g_autoptr(json_t) parameters = json_pack("{s:s}", "method", call->method);
    return wh_error_build(WH_VARLINK_ERROR("MethodNotFound"), parameters);
}

static gboolean message(WhConnection *connection, const char *bytes, gsize length, gpointer data)
{
    StubService *stub = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(WhCall) call = wh_call_parse(bytes, length, &error);
    g_assert_no_error(error);
    g_hash_table_replace(stub->calls, g_strdup(call->method), json_incref(call->parameters));
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(stub->counts, call->method));
    g_hash_table_replace(stub->counts, g_strdup(call->method), GUINT_TO_POINTER(count + 1));
    g_autoptr(GBytes) answer = answer_to(stub, call);
    if (g_bytes_get_size(answer) == 0)
        return TRUE;
    wh_connection_send(connection, answer);
    if (!call->more)
        wh_connection_done(connection);
    return TRUE;
}

static void closed(WhConnection *connection, const char *complaint, gpointer data)
{
    StubService *stub = data;
    g_ptr_array_remove(stub->connections, connection);
}

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    static const WhConnectionFuncs funcs = {message, closed};
    StubService *stub = data;
    g_ptr_array_add(stub->connections, wh_connection_new(stream, peer, &funcs, stub));
}

StubService *stub_service_new(const char *address)
{
    g_autoptr(GError) error = NULL;
    StubService *stub = g_new0(StubService, 1);
    stub->connections = g_ptr_array_new();
    stub->answers =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    stub->calls =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_decref);
    stub->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    stub->listener = wh_listener_new(address, FALSE, accepted, stub, &error);
    g_assert_no_error(error);
    return stub;
}

void stub_service_hang_up(StubService *stub)
{
    while (stub->connections->len > 0)
        wh_connection_close(stub->connections->pdata[0], NULL);
}

void stub_service_free(StubService *stub)
{
    wh_listener_free(stub->listener);
    stub_service_hang_up(stub);
    g_ptr_array_unref(stub->connections);
    g_hash_table_unref(stub->answers);
    g_hash_table_unref(stub->calls);
    g_hash_table_unref(stub->counts);
    g_free(stub);
}

static char *qualified(const char *method)
{
    return g_strconcat(WH_CONTROL_INTERFACE, ".", method, NULL);
}

void stub_service_answer(StubService *stub, const char *method, const char *text)
{
    json_error_t where;
    g_autoptr(json_t) parameters = json_loads(text, 0, &where);
    if (parameters == NULL)
        g_error("%s: %s", text, where.text);
    g_autofree char *member = NULL;
    if (!wh_description_check_output(WH_CONTROL_INTERFACE, method, parameters, &member))
        g_error("%s answers no such thing: %s", method, member);
    g_hash_table_replace(stub->answers, qualified(method),
                         wh_reply_build(parameters, g_str_equal(method, "Watch")));
}

void stub_service_refuse(StubService *stub, const char *method, const char *error_name,
                         const char *text)
{
    g_autoptr(json_t) parameters = json_loads(text, 0, NULL);
    g_assert_nonnull(parameters);
    g_hash_table_replace(stub->answers, qualified(method), wh_error_build(error_name, parameters));
}

void stub_service_ignore(StubService *stub, const char *method)
{
    g_hash_table_replace(stub->answers, qualified(method), g_bytes_new_static("", 0));
}

guint stub_service_count(StubService *stub, const char *method)
{
    g_autofree char *name = qualified(method);
    return GPOINTER_TO_UINT(g_hash_table_lookup(stub->counts, name));
}

json_t *stub_service_called(StubService *stub, const char *method)
{
    g_autofree char *name = qualified(method);
    return g_hash_table_lookup(stub->calls, name);
}

void stub_service_send(StubService *stub, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text) + 1);
    for (guint i = 0; i < stub->connections->len; i++)
        wh_connection_send(stub->connections->pdata[i], bytes);
}
