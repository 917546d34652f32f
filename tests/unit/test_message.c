#include "service/protocol/message.h"
#include "service/protocol/wiping.h"

#include <string.h>

static void refuse_bytes(const char *bytes, gsize length, WhMessageErrorCode code)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) message = wh_message_parse(bytes, length, &error);
    g_assert_null(message);
    g_assert_error(error, WH_MESSAGE_ERROR, (int)code);
}

static void refuse(const char *text, WhMessageErrorCode code)
{
    refuse_bytes(text, strlen(text), code);
}

static void test_malformed(void)
{
    refuse("", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{", WH_MESSAGE_ERROR_MALFORMED);
    refuse("[]", WH_MESSAGE_ERROR_MALFORMED);
    refuse("null", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{} {}", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{\"a\":1,\"a\":2}", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{\"a\":\"\xff\"}", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{\"a\":\"\\u0000\"}", WH_MESSAGE_ERROR_MALFORMED);
    refuse("{\"a\":123456789012345678901234567890}", WH_MESSAGE_ERROR_MALFORMED);
    refuse_bytes("{}\0", 3, WH_MESSAGE_ERROR_MALFORMED);
}

static void test_errors_quote_nothing(void)
{
    g_autoptr(GError) error = NULL;
    static const char text[] = "{\"secret\":\"hunter2\" hunter2}";
    g_autoptr(json_t) message = wh_message_parse(text, strlen(text), &error);
    g_assert_null(message);
    g_assert_null(strstr(error->message, "hunter2"));
}

static char *nested(guint depth)
{
    GString *text = g_string_new("{\"a\":");
    for (guint i = 1; i < depth; i++)
        g_string_append_c(text, '[');
    for (guint i = 1; i < depth; i++)
        g_string_append_c(text, ']');
    return g_string_free(g_string_append_c(text, '}'), FALSE);
}

static void test_depth(void)
{
    g_autofree char *fits = nested(WH_MESSAGE_MAX_DEPTH);
    g_autoptr(json_t) message = wh_message_parse(fits, strlen(fits), NULL);
    g_assert_nonnull(message);
    g_autofree char *deep = nested(WH_MESSAGE_MAX_DEPTH + 1);
    refuse(deep, WH_MESSAGE_ERROR_TOO_DEEP);

    g_autoptr(GString) brackets = g_string_new("{\"a\":\"\\\"");
    for (guint i = 0; i < 1000; i++)
        g_string_append_c(brackets, '[');
    g_string_append(brackets, "\"}");
    g_autoptr(json_t) in_string = wh_message_parse(brackets->str, brackets->len, NULL);
    g_assert_nonnull(in_string);
}

static void test_size(void)
{
    g_autofree char *text = g_strnfill(WH_MESSAGE_MAX_BYTES + 1, ' ');
    text[0] = '{';
    text[WH_MESSAGE_MAX_BYTES - 1] = '}';
    g_autoptr(json_t) message = wh_message_parse(text, WH_MESSAGE_MAX_BYTES, NULL);
    g_assert_nonnull(message);
    refuse_bytes(text, WH_MESSAGE_MAX_BYTES + 1, WH_MESSAGE_ERROR_TOO_LARGE);
    g_autoptr(WhReply) reply = wh_reply_parse(text, WH_MESSAGE_MAX_BYTES + 1, NULL);
    g_assert_nonnull(reply);
}

static void test_call(void)
{
    g_autoptr(GError) error = NULL;
    static const char text[] =
        "{\"method\":\"a.b.C\",\"parameters\":{\"x\":1},\"more\":true,\"other\":[]}";
    g_autoptr(WhCall) call = wh_call_parse(text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_cmpstr(call->method, ==, "a.b.C");
    g_assert_cmpint(json_integer_value(json_object_get(call->parameters, "x")), ==, 1);
    g_assert_true(call->more);
    g_assert_false(call->oneway);
    g_assert_false(call->upgrade);

    static const char bare[] = "{\"method\":\"a.B\",\"oneway\":true,\"upgrade\":true}";
    g_autoptr(WhCall) second = wh_call_parse(bare, strlen(bare), &error);
    g_assert_no_error(error);
    g_assert_true(json_is_object(second->parameters));
    g_assert_true(second->oneway && second->upgrade && !second->more);
}

static void refuse_call(const char *text, const char *member)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhCall) call = wh_call_parse(text, strlen(text), &error);
    g_assert_null(call);
    g_assert_error(error, WH_MESSAGE_ERROR, WH_MESSAGE_ERROR_NOT_A_CALL);
    g_assert_true(g_str_has_prefix(error->message, member));
}

static void test_not_a_call(void)
{
    refuse_call("{}", "method: ");
    refuse_call("{\"method\":1}", "method: ");
    refuse_call("{\"method\":\"Status\"}", "method: ");
    refuse_call("{\"method\":\".Status\"}", "method: ");
    refuse_call("{\"method\":\"a.\"}", "method: ");
    refuse_call("{\"method\":\"a.B\",\"parameters\":[]}", "parameters: ");
    refuse_call("{\"method\":\"a.B\",\"more\":1}", "more: ");
    refuse_call("{\"method\":\"a.B\",\"oneway\":\"no\"}", "oneway: ");
    refuse_call("{\"method\":\"a.B\",\"upgrade\":{}}", "upgrade: ");
}

static void test_reply(void)
{
    g_autoptr(json_t) parameters = json_pack("{s:s}", "what", "host");
    g_autoptr(GBytes) bytes = wh_error_build("a.Error", parameters);
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    g_autoptr(WhReply) reply = wh_reply_parse(text, size - 1, NULL);
    g_assert_cmpstr(reply->error_name, ==, "a.Error");
    g_assert_true(json_equal(reply->parameters, parameters));
    g_assert_false(reply->continues);

    g_autoptr(GBytes) more = wh_reply_build(NULL, TRUE);
    text = g_bytes_get_data(more, &size);
    g_assert_cmpstr(text, ==, "{\"parameters\":{},\"continues\":true}");
    g_assert_cmpuint(size, ==, strlen(text) + 1);

    g_autoptr(WhReply) wrong = wh_reply_parse("{\"error\":7}", 11, NULL);
    g_assert_null(wrong);
}

static void test_build_call(void)
{
    g_autoptr(json_t) parameters = json_pack("{s:s}", "name", "ä\n");
    g_autoptr(GBytes) bytes = wh_call_build("a.B", parameters, TRUE, FALSE);
    g_assert_cmpstr(g_bytes_get_data(bytes, NULL), ==,
                    "{\"method\":\"a.B\",\"parameters\":{\"name\":\"ä\\n\"},\"more\":true}");
    g_autoptr(GBytes) oneway = wh_call_build("a.B", NULL, FALSE, TRUE);
    g_assert_cmpstr(g_bytes_get_data(oneway, NULL), ==, "{\"method\":\"a.B\",\"oneway\":true}");
}

static void test_allocator(void)
{
    char *block = wh_wiping_allocate(3);
    g_assert_true(((gsize)block & 15) == 0);
    memcpy(block, "abc", 3);
    wh_wiping_release(block);
    wh_wiping_release(NULL);
    g_assert_null(wh_wiping_allocate(G_MAXSIZE));
    char text[] = "secret";
    wh_wiping_erase(text, 6);
    g_assert_cmpmem(text, 6, "\0\0\0\0\0\0", 6);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wh_message_use_wiping_allocator();
    g_test_add_func("/message/malformed", test_malformed);
    g_test_add_func("/message/quotes-nothing", test_errors_quote_nothing);
    g_test_add_func("/message/depth", test_depth);
    g_test_add_func("/message/size", test_size);
    g_test_add_func("/message/call", test_call);
    g_test_add_func("/message/not-a-call", test_not_a_call);
    g_test_add_func("/message/reply", test_reply);
    g_test_add_func("/message/build-call", test_build_call);
    g_test_add_func("/message/allocator", test_allocator);
    return g_test_run();
}
