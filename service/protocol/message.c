#include "service/protocol/message.h"

#include "service/protocol/wiping.h"

#include <string.h>

G_DEFINE_QUARK(wh - message - error, wh_message_error)

void wh_message_use_wiping_allocator(void)
{
    json_set_alloc_funcs(wh_wiping_allocate, wh_wiping_release);
}

/* Whether brackets outside strings nest too deep. Counted on the bytes, so that the parser's
 * recursion is bounded before it begins. */
static gboolean is_too_deep(const char *bytes, gsize length)
{
    guint depth = 0;
    gboolean in_string = FALSE;
    for (gsize i = 0; i < length; i++) {
        char c = bytes[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = FALSE;
        } else if (c == '"') {
            in_string = TRUE;
        } else if (c == '{' || c == '[') {
            if (++depth > WH_MESSAGE_MAX_DEPTH)
                return TRUE;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return FALSE;
}

/* Whether there are more values than a call has any use for: each takes a hundred times the memory
 * of its two or three bytes. */
static gboolean has_too_many(const char *bytes, gsize length)
{
    guint count = 0;
    gboolean in_string = FALSE;
    for (gsize i = 0; i < length; i++) {
        char c = bytes[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == ',' || c == '{' || c == '['))
            count++;
    }
    return count > WH_MESSAGE_MAX_VALUES;
}

static json_t *parse_within(const char *bytes, gsize length, gsize max_bytes, GError **error)
{
    if (length > max_bytes) {
        g_set_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_TOO_LARGE,
                    "The message is longer than %" G_GSIZE_FORMAT " bytes", max_bytes);
        return NULL;
    }
    if (!g_utf8_validate_len(bytes, length, NULL)) {
        g_set_error_literal(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_MALFORMED,
                            "The message is not UTF-8");
        return NULL;
    }
    if (is_too_deep(bytes, length)) {
        g_set_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_TOO_DEEP,
                    "The message is nested deeper than %d levels", WH_MESSAGE_MAX_DEPTH);
        return NULL;
    }
    json_error_t where;
    json_t *message = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &where);
    if (json_is_object(message))
        return message;
    /* The parser's own words quote the input. */
    if (message == NULL)
        g_set_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_MALFORMED,
                    "The message is not well-formed JSON (near byte %d)", where.position);
    else
        g_set_error_literal(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_MALFORMED,
                            "The message is not a JSON object");
    json_decref(message);
    return NULL;
}

json_t *wh_message_parse(const char *bytes, gsize length, GError **error)
{
    if (length <= WH_MESSAGE_MAX_BYTES && has_too_many(bytes, length)) {
        g_set_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_TOO_LARGE,
                    "The message holds more than %d values", WH_MESSAGE_MAX_VALUES);
        return NULL;
    }
    return parse_within(bytes, length, WH_MESSAGE_MAX_BYTES, error);
}

static gboolean refuse(const char *member, const char *expected, GError **error)
{
    g_set_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_NOT_A_CALL, "%s: %s is expected", member,
                expected);
    return FALSE;
}

static gboolean read_flag(json_t *message, const char *name, gboolean *flag, GError **error)
{
    json_t *value = json_object_get(message, name);
    if (value != NULL && !json_is_null(value) && !json_is_boolean(value))
        return refuse(name, "true or false", error);
    *flag = json_is_true(value);
    return TRUE;
}

/* A new reference; an empty object when there are none. */
static gboolean read_parameters(json_t *message, json_t **parameters, GError **error)
{
    json_t *value = json_object_get(message, "parameters");
    if (value != NULL && !json_is_null(value) && !json_is_object(value))
        return refuse("parameters", "an object", error);
    *parameters = json_is_object(value) ? json_incref(value) : json_object();
    return TRUE;
}

/* "interface.Method": something on both sides of the last dot. */
static gboolean is_qualified(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && dot != name && dot[1] != '\0';
}

static gboolean read_call(json_t *message, WhCall *call, GError **error)
{
    const char *method = json_string_value(json_object_get(message, "method"));
    if (method == NULL || !is_qualified(method))
        return refuse("method", "the name of an interface, a dot and a method", error);
    call->method = g_strdup(method);
    return read_parameters(message, &call->parameters, error) &&
           read_flag(message, "oneway", &call->oneway, error) &&
           read_flag(message, "more", &call->more, error) &&
           read_flag(message, "upgrade", &call->upgrade, error);
}

WhCall *wh_call_parse(const char *bytes, gsize length, GError **error)
{
    g_autoptr(json_t) message = wh_message_parse(bytes, length, error);
    if (message == NULL)
        return NULL;
    g_autoptr(WhCall) call = g_new0(WhCall, 1);
    return read_call(message, call, error) ? g_steal_pointer(&call) : NULL;
}

void wh_call_free(WhCall *call)
{
    if (call == NULL)
        return;
    g_free(call->method);
    g_clear_pointer(&call->folded, g_bytes_unref);
    json_decref(call->parameters);
    g_free(call);
}

static gboolean read_reply(json_t *message, WhReply *reply, GError **error)
{
    json_t *name = json_object_get(message, "error");
    if (name != NULL && !json_is_null(name) && !json_is_string(name))
        return refuse("error", "the name of an error", error);
    reply->error_name = g_strdup(json_string_value(name));
    return read_parameters(message, &reply->parameters, error) &&
           read_flag(message, "continues", &reply->continues, error);
}

WhReply *wh_reply_parse(const char *bytes, gsize length, GError **error)
{
    g_autoptr(json_t) message = parse_within(bytes, length, WH_MESSAGE_MAX_REPLY_BYTES, error);
    if (message == NULL)
        return NULL;
    g_autoptr(WhReply) reply = g_new0(WhReply, 1);
    return read_reply(message, reply, error) ? g_steal_pointer(&reply) : NULL;
}

void wh_reply_free(WhReply *reply)
{
    if (reply == NULL)
        return;
    g_free(reply->error_name);
    json_decref(reply->parameters);
    g_free(reply);
}

/* Takes `message`. */
static GBytes *to_bytes(json_t *message)
{
    gsize length = json_dumpb(message, NULL, 0, JSON_COMPACT);
    char *text;
    GBytes *bytes = wh_wiping_bytes_new(length + 1, &text);
    json_dumpb(message, text, length, JSON_COMPACT);
    text[length] = '\0';
    json_decref(message);
    return bytes;
}

static void set_flag(json_t *message, const char *name, gboolean flag)
{
    if (flag)
        json_object_set_new(message, name, json_true());
}

static void set_parameters(json_t *message, json_t *parameters)
{
    if (parameters != NULL)
        json_object_set(message, "parameters", parameters);
}

void wh_call_fold(WhCall *call)
{
    if (call->folded != NULL)
        return;
    call->folded = to_bytes(call->parameters);
    call->parameters = json_object();
}

/* What was parsed once is parsed again; should it not be, nothing is left of it. */
void wh_call_unfold(WhCall *call)
{
    if (call->folded == NULL)
        return;
    g_autoptr(GBytes) folded = g_steal_pointer(&call->folded);
    gsize length;
    const char *text = g_bytes_get_data(folded, &length);
    json_t *parameters = json_loadb(text, length - 1, JSON_REJECT_DUPLICATES, NULL);
    if (parameters == NULL)
        return;
    json_decref(call->parameters);
    call->parameters = parameters;
}

GBytes *wh_call_build(const char *method, json_t *parameters, gboolean more, gboolean oneway)
{
    json_t *message = json_pack("{s:s}", "method", method);
    set_parameters(message, parameters);
    set_flag(message, "more", more);
    set_flag(message, "oneway", oneway);
    return to_bytes(message);
}

GBytes *wh_reply_build(json_t *parameters, gboolean continues)
{
    json_t *message = json_object();
    json_object_set_new(message, "parameters",
                        parameters != NULL ? json_incref(parameters) : json_object());
    set_flag(message, "continues", continues);
    return to_bytes(message);
}

GBytes *wh_error_build(const char *error_name, json_t *parameters)
{
    json_t *message = json_pack("{s:s}", "error", error_name);
    set_parameters(message, parameters);
    return to_bytes(message);
}
