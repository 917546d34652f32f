#include "tests/unit/test_update_server.h"

#include "service/base/clock.h"
#include "service/net/tsig_key.h"

#include <string.h>

#define MAX_MESSAGE 65535

struct TestUpdateServer {
    const WhTsigKey *key;
    gint64 now;
    GSocket *udp;
    GSocket *listener;
    GSource *udp_source;
    GSource *listener_source;
    char *address;
    const TestUpdateAnswer *answers;
    guint n_answers;
    guint count;
    guint over_tcp;
    GBytes *last;
};

static void put16(GByteArray *array, guint value)
{
    const guint8 bytes[] = {(guint8)(value >> 8), (guint8)value};
    g_byte_array_append(array, bytes, 2);
}

static void put48(GByteArray *array, guint64 value)
{
    put16(array, (guint)(value >> 32 & 0xffff));
    put16(array, (guint)(value >> 16 & 0xffff));
    put16(array, (guint)(value & 0xffff));
}

static gsize skip_name(const guint8 *bytes, gsize at)
{
    while (bytes[at] != 0)
        at += 1u + bytes[at];
    return at + 1;
}

/* Header and zone section, without TSIG. */
static GByteArray *bare_answer(const guint8 *request, guint rcode)
{
    GByteArray *answer = g_byte_array_new();
    const guint8 header[] = {request[0], request[1], 0xa8, (guint8)rcode, 0, 1, 0, 0, 0, 0, 0, 0};
    g_byte_array_append(answer, header, sizeof header);
    g_byte_array_append(answer, request + 12, (guint)(skip_name(request, 12) + 4 - 12));
    return answer;
}

static void put_other(GByteArray *array, const TestUpdateAnswer *answer)
{
    put16(array, answer->server_time != 0 ? 6 : 0);
    if (answer->server_time != 0)
        put48(array, (guint64)(answer->server_time / WH_SECOND));
}

/* RFC 8945 section 5.3: over the request's MAC, the answer and the variables. */
static void make_mac(const TestUpdateServer *server, GBytes *request, const GByteArray *bare,
                     const TestUpdateAnswer *answer, guint8 *mac)
{
    gsize mac_length = wh_tsig_algorithm_mac_length(server->key->algorithm);
    gsize length;
    const guint8 *bytes = g_bytes_get_data(request, &length);
    guint8 algorithm[WH_DNS_MAX_NAME];
    gsize algorithm_length;
    wh_tsig_algorithm_wire(server->key->algorithm, algorithm, &algorithm_length);
    g_autoptr(GByteArray) digest = g_byte_array_new();
    put16(digest, (guint)mac_length);
    g_byte_array_append(digest, bytes + length - 6 - mac_length, (guint)mac_length);
    g_byte_array_append(digest, bare->data, bare->len);
    g_byte_array_append(digest, server->key->name, (guint)server->key->name_length);
    put16(digest, 255);
    put16(digest, 0);
    put16(digest, 0);
    g_byte_array_append(digest, algorithm, (guint)algorithm_length);
    put48(digest, (guint64)(server->now / WH_SECOND));
    put16(digest, WH_TSIG_FUDGE_SECONDS);
    put16(digest, answer->tsig_error);
    put_other(digest, answer);
    wh_tsig_key_mac(server->key, digest->data, digest->len, mac);
}

static void put_tsig(const TestUpdateServer *server, GBytes *request, GByteArray *message,
                     const TestUpdateAnswer *answer)
{
    static const guint8 other_name[] = "\5other";
    gsize mac_length =
        answer->tsig == TEST_TSIG_EMPTY ? 0 : wh_tsig_algorithm_mac_length(server->key->algorithm);
    guint8 mac[WH_TSIG_MAX_MAC] = {0};
    guint8 algorithm[WH_DNS_MAX_NAME];
    gsize algorithm_length;
    wh_tsig_algorithm_wire(server->key->algorithm, algorithm, &algorithm_length);
    make_mac(server, request, message, answer, mac);
    mac[0] ^= answer->tsig == TEST_TSIG_BAD_MAC ? 1 : 0;
    guint16 id = (guint16)(message->data[0] << 8 | message->data[1]);
    if (answer->tsig == TEST_TSIG_OTHER_KEY)
        g_byte_array_append(message, other_name, sizeof other_name);
    else
        g_byte_array_append(message, server->key->name, (guint)server->key->name_length);
    put16(message, 250);
    put16(message, 255);
    put16(message, 0);
    put16(message, 0);
    put16(message,
          (guint)(algorithm_length + 16 + mac_length + (answer->server_time != 0 ? 6 : 0)));
    g_byte_array_append(message, algorithm, (guint)algorithm_length);
    put48(message, (guint64)(server->now / WH_SECOND));
    put16(message, WH_TSIG_FUDGE_SECONDS);
    put16(message, (guint)mac_length);
    g_byte_array_append(message, mac, (guint)mac_length);
    put16(message, id);
    put16(message, answer->tsig_error);
    put_other(message, answer);
    message->data[11] = 1;
}

static GByteArray *make_answer(const TestUpdateServer *server, const TestUpdateAnswer *answer)
{
    GByteArray *message = bare_answer(g_bytes_get_data(server->last, NULL), answer->rcode);
    if (server->key != NULL && answer->tsig != TEST_TSIG_NONE)
        put_tsig(server, server->last, message, answer);
    return message;
}

static void keep(TestUpdateServer *server, const guint8 *bytes, gsize length)
{
    g_clear_pointer(&server->last, g_bytes_unref);
    server->last = g_bytes_new(bytes, length);
    server->count++;
}

static gboolean on_datagram(GSocket *socket, GIOCondition condition, gpointer data)
{
    TestUpdateServer *server = data;
    g_autoptr(GSocketAddress) peer = NULL;
    guint8 bytes[4096];
    gssize length = g_socket_receive_from(socket, &peer, (char *)bytes, sizeof bytes, NULL, NULL);
    if (length < 12)
        return G_SOURCE_CONTINUE;
    keep(server, bytes, (gsize)length);
    for (guint i = 0; i < server->n_answers; i++) {
        gboolean truncated = server->answers[i].tsig == TEST_TSIG_OVER_TCP;
        g_autoptr(GByteArray) answer = truncated ? bare_answer(bytes, server->answers[i].rcode)
                                                 : make_answer(server, &server->answers[i]);
        answer->data[2] |= truncated ? 2 : 0;
        g_socket_send_to(socket, peer, (const char *)answer->data, answer->len, NULL, NULL);
    }
    return G_SOURCE_CONTINUE;
}

static void receive_all(GSocket *stream, guint8 *bytes, gsize length)
{
    for (gsize got = 0; got < length;) {
        gssize more = g_socket_receive(stream, (char *)bytes + got, length - got, NULL, NULL);
        g_assert_cmpint(more, >, 0);
        got += (gsize)more;
    }
}

/* Read by a worker: a client and its server in one thread would wait for each other once the
 * message is larger than the socket's buffers. */
typedef struct {
    TestUpdateServer *server;
    GSocket *stream;
    GByteArray *message;
    GThread *thread;
} Visit;

static gboolean finish_visit(gpointer data)
{
    Visit *visit = data;
    TestUpdateServer *server = visit->server;
    g_thread_join(visit->thread);
    keep(server, visit->message->data, visit->message->len);
    server->over_tcp++;
    for (guint i = 0; i < server->n_answers; i++) {
        g_autoptr(GByteArray) answer = make_answer(server, &server->answers[i]);
        const guint8 prefix[] = {(guint8)(answer->len >> 8), (guint8)answer->len};
        g_byte_array_prepend(answer, prefix, 2);
        g_socket_send(visit->stream, (const char *)answer->data, answer->len, NULL, NULL);
    }
    g_byte_array_unref(visit->message);
    g_object_unref(visit->stream);
    g_free(visit);
    return G_SOURCE_REMOVE;
}

static gpointer serve_stream(gpointer data)
{
    Visit *visit = data;
    guint8 prefix[2];
    g_socket_set_blocking(visit->stream, TRUE);
    receive_all(visit->stream, prefix, 2);
    g_byte_array_set_size(visit->message, (guint)prefix[0] << 8 | prefix[1]);
    receive_all(visit->stream, visit->message->data, visit->message->len);
    g_idle_add(finish_visit, visit);
    return NULL;
}

static gboolean on_connection(GSocket *socket, GIOCondition condition, gpointer data)
{
    GSocket *stream = g_socket_accept(socket, NULL, NULL);
    if (stream == NULL)
        return G_SOURCE_CONTINUE;
    Visit *visit = g_new0(Visit, 1);
    visit->server = data;
    visit->stream = stream;
    visit->message = g_byte_array_new();
    visit->thread = g_thread_new("visit", serve_stream, visit);
    return G_SOURCE_CONTINUE;
}

static GSocket *bind_socket(GSocketType type, GSocketProtocol protocol, guint16 port)
{
    g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(loopback, port);
    g_autoptr(GSocket) socket = g_socket_new(G_SOCKET_FAMILY_IPV4, type, protocol, NULL);
    g_socket_set_blocking(socket, FALSE);
    if (!g_socket_bind(socket, address, type == G_SOCKET_TYPE_STREAM, NULL) ||
        (type == G_SOCKET_TYPE_STREAM && !g_socket_listen(socket, NULL)))
        return NULL;
    return g_steal_pointer(&socket);
}

static GSource *watch(GSocket *socket, GSourceFunc callback, TestUpdateServer *server)
{
    GSource *source = g_socket_create_source(socket, G_IO_IN, NULL);
    g_source_set_callback(source, callback, server, NULL);
    g_source_attach(source, NULL);
    return source;
}

TestUpdateServer *test_update_server_new(const WhTsigKey *key, gint64 now)
{
    TestUpdateServer *server = g_new0(TestUpdateServer, 1);
    guint16 port = 0;
    server->key = key;
    server->now = now;
    /* The port of one kind may be taken in the other. */
    for (guint i = 0; i < 50 && server->listener == NULL; i++) {
        g_clear_object(&server->udp);
        server->udp = bind_socket(G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, 0);
        g_autoptr(GSocketAddress) address = g_socket_get_local_address(server->udp, NULL);
        port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address));
        server->listener = bind_socket(G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, port);
    }
    g_assert_nonnull(server->listener);
    server->udp_source = watch(server->udp, G_SOURCE_FUNC(on_datagram), server);
    server->listener_source = watch(server->listener, G_SOURCE_FUNC(on_connection), server);
    server->address = g_strdup_printf("127.0.0.1:%u", port);
    return server;
}

void test_update_server_free(TestUpdateServer *server)
{
    if (server == NULL)
        return;
    g_source_destroy(server->udp_source);
    g_source_unref(server->udp_source);
    g_source_destroy(server->listener_source);
    g_source_unref(server->listener_source);
    g_object_unref(server->udp);
    g_object_unref(server->listener);
    g_clear_pointer(&server->last, g_bytes_unref);
    g_free(server->address);
    g_free(server);
}

void test_update_server_answer(TestUpdateServer *server, const TestUpdateAnswer *answers,
                               guint n_answers)
{
    server->answers = answers;
    server->n_answers = n_answers;
}

const char *test_update_server_address(TestUpdateServer *server)
{
    return server->address;
}

guint test_update_server_count(TestUpdateServer *server)
{
    return server->count;
}

guint test_update_server_over_tcp(TestUpdateServer *server)
{
    return server->over_tcp;
}

GBytes *test_update_server_last(TestUpdateServer *server)
{
    return server->last;
}
