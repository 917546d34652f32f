#include "app/client/client_error.h"
#include "app/client/requests_private.h"
#include "app/client/sentences_private.h"

#include <glib/gi18n.h>

/* How much longer a test may take than what the service answers by itself: it waits for the
 * provider. */
#define TEST_TAKES 6

/* How much longer an answer may take that waits for somebody to come and give a password. */
#define PASSWORD_TAKES 20

/* One call and its connection, until it is answered or the patience is over. */
typedef struct {
    GTask *task;
    WhClient *client;
    GSource *deadline;
} Request;

/* The task is the caller's then. */
static GTask *request_end(Request *request)
{
    GTask *task = request->task;
    g_source_destroy(request->deadline);
    g_source_unref(request->deadline);
    wh_client_free(request->client);
    g_free(request);
    return task;
}

static void answered(json_t *parameters, gboolean continues, const char *error_name,
                     const GError *error, gpointer data)
{
    g_autoptr(json_t) answer = json_incref(parameters);
    g_autoptr(GError) lost = error_name == NULL && error != NULL ? g_error_copy(error) : NULL;
    GError *refused = error_name != NULL ? wh_client_error_refused(error_name, parameters) : NULL;
    g_autoptr(GTask) task = request_end(data);
    if (refused != NULL)
        g_task_return_error(task, refused);
    else if (lost != NULL)
        g_task_return_error(task, g_steal_pointer(&lost));
    else
        g_task_return_pointer(task, g_steal_pointer(&answer), (GDestroyNotify)json_decref);
}

/* As when the connection ends: it may have been done, or may be done later. */
static gboolean too_late(gpointer data)
{
    g_autoptr(GTask) task = request_end(data);
    g_task_return_new_error(task, WH_CLIENT_ERROR, WH_CLIENT_ERROR_LOST,
                            _("The Wayhome service does not answer. If it stays like that, restart "
                              "the computer."));
    return G_SOURCE_REMOVE;
}

static GSource *start_deadline(Request *request, guint patience_ms)
{
    GSource *source = g_timeout_source_new(patience_ms);
    g_source_set_callback(source, too_late, request, NULL);
    g_source_attach(source, g_main_context_get_thread_default());
    return source;
}

/* Who may manage is asked for no password. */
static guint patience_for(WhLink *link, const char *method, json_t *parameters)
{
    gboolean asks = json_is_true(json_object_get(parameters, "interactive")) &&
                    wh_link_caller(link) == WH_CALLER_OBSERVE;
    return wh_link_patience_ms(link) * (g_str_equal(method, "Test") ? TEST_TAKES : 1) *
           (asks ? PASSWORD_TAKES : 1);
}

/* Why nothing can be asked now. */
static GError *away(WhLink *link)
{
    const GError *why = wh_link_error(link);
    return g_error_new_literal(WH_CLIENT_ERROR, WH_CLIENT_ERROR_AWAY,
                               why != NULL ? why->message
                                           : _("The Wayhome service does not answer yet."));
}

void wh_requests_send(WhLink *link, const char *method, json_t *parameters,
                      GAsyncReadyCallback done, gpointer data)
{
    g_autoptr(json_t) taken = parameters;
    g_autoptr(GTask) task = g_task_new(link, NULL, done, data);
    g_task_set_source_tag(task, wh_requests_send);
    if (wh_link_state(link) != WH_LINK_UP) {
        g_task_return_error(task, away(link));
        return;
    }
    GError *error = NULL;
    WhClient *client = wh_client_new(wh_link_address(link), &error);
    if (client == NULL) {
        g_task_return_error(task, error);
        return;
    }
    Request *request = g_new0(Request, 1);
    request->client = client;
    request->deadline = start_deadline(request, patience_for(link, method, taken));
    request->task = g_steal_pointer(&task);
    wh_client_call(client, method, taken, FALSE, answered, request);
}

void wh_requests_send_change(WhLink *link, const char *method, json_t *parameters,
                             GAsyncReadyCallback done, gpointer data)
{
    json_t *changes = parameters != NULL ? parameters : json_object();
    json_object_set_new(changes, "interactive", json_true());
    wh_requests_send(link, method, changes, done, data);
}

static json_t *finish(WhLink *link, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, link), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void set_unexpected(GError **error)
{
    g_set_error_literal(error, WH_CLIENT_ERROR, WH_CLIENT_ERROR_PROTOCOL,
                        _("The service's answer cannot be understood."));
}

gboolean wh_requests_finish(WhLink *link, GAsyncResult *result, GError **error)
{
    g_autoptr(json_t) answer = finish(link, result, error);
    return answer != NULL;
}

char *wh_requests_finish_id(WhLink *link, GAsyncResult *result, GError **error)
{
    g_autoptr(json_t) answer = finish(link, result, error);
    if (answer == NULL)
        return NULL;
    const char *id = wh_sentences_text(answer, "account");
    if (*id == '\0')
        id = wh_sentences_text(answer, "host");
    if (*id == '\0') {
        set_unexpected(error);
        return NULL;
    }
    return g_strdup(id);
}

char *wh_requests_finish_test(WhLink *link, GAsyncResult *result, char **sentence, GError **error)
{
    g_autoptr(json_t) answer = finish(link, result, error);
    if (answer == NULL)
        return NULL;
    json_t *tested = json_object_get(answer, "result");
    const char *result_class = wh_sentences_text(tested, "class");
    if (*result_class == '\0') {
        set_unexpected(error);
        return NULL;
    }
    if (sentence != NULL)
        *sentence = wh_sentence_result(tested);
    return g_strdup(result_class);
}

json_t *wh_requests_finish_array(WhLink *link, GAsyncResult *result, GError **error)
{
    g_autoptr(json_t) answer = finish(link, result, error);
    if (answer == NULL)
        return NULL;
    json_t *array = json_object_get(answer, "events");
    if (array == NULL)
        array = json_object_get(answer, "providers");
    if (!json_is_array(array)) {
        set_unexpected(error);
        return NULL;
    }
    return json_incref(array);
}

const char *wh_requests_invalid_field(const GError *error)
{
    return wh_client_error_field(error);
}
