#include "tests/unit/test_name_servers.h"

#include <gio/gio.h>
#include <ldns/ldns.h>

#include <string.h>

typedef struct {
    TestNameServers *owner;
    guint number;
    GSocket *socket;
    GSource *source;
    gboolean silent;
    guint asked;
} Server;

struct TestNameServers {
    guint16 port;
    Server servers[TEST_NAME_SERVERS];
    const TestNameRule *rules;
    gsize n_rules;
};

static const TestNameRule *find_rule(const Server *server, const char *question)
{
    const TestNameServers *owner = server->owner;
    for (gsize i = 0; i < owner->n_rules; i++) {
        const TestNameRule *rule = &owner->rules[i];
        if (rule->server == server->number && g_str_equal(rule->question, question))
            return rule;
    }
    return NULL;
}

static char *question_of(const ldns_pkt *packet)
{
    const ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(packet), 0);
    char *name = ldns_rdf2str(ldns_rr_owner(question));
    char *type = ldns_rr_type2str(ldns_rr_get_type(question));
    char *text = g_strdup_printf("%s %s", name, type);
    free(name);
    free(type);
    return text;
}

static void push_records(ldns_pkt *packet, ldns_pkt_section section, const char *text)
{
    g_auto(GStrv) records = g_strsplit(text != NULL ? text : "", ";", -1);
    for (char **record = records; *record != NULL; record++) {
        ldns_rr *rr = NULL;
        if (*g_strstrip(*record) == '\0')
            continue;
        g_assert_cmpint(ldns_rr_new_frm_str(&rr, *record, 60, NULL, NULL), ==, LDNS_STATUS_OK);
        ldns_pkt_push_rr(packet, section, rr);
    }
}

static void reply(const Server *server, GSocketAddress *peer, const ldns_pkt *asked)
{
    g_autofree char *question = question_of(asked);
    const TestNameRule *rule = find_rule(server, question);
    ldns_pkt *packet = ldns_pkt_new();
    guint8 *wire = NULL;
    size_t length = 0;
    ldns_pkt_set_id(packet, ldns_pkt_id(asked));
    ldns_pkt_set_qr(packet, true);
    ldns_pkt_set_aa(packet, rule != NULL && rule->authoritative);
    ldns_pkt_set_rcode(packet, rule != NULL ? (guint8)rule->rcode : (guint8)WH_DNS_REFUSED);
    ldns_pkt_push_rr(packet, LDNS_SECTION_QUESTION,
                     ldns_rr_clone(ldns_rr_list_rr(ldns_pkt_question(asked), 0)));
    push_records(packet, LDNS_SECTION_ANSWER, rule != NULL ? rule->answer : NULL);
    push_records(packet, LDNS_SECTION_AUTHORITY, rule != NULL ? rule->authority : NULL);
    g_assert_cmpint(ldns_pkt2wire(&wire, packet, &length), ==, LDNS_STATUS_OK);
    g_socket_send_to(server->socket, peer, (const char *)wire, length, NULL, NULL);
    free(wire);
    ldns_pkt_free(packet);
}

static gboolean on_readable(GSocket *socket, GIOCondition condition, gpointer data)
{
    Server *server = data;
    char bytes[1024];
    g_autoptr(GSocketAddress) peer = NULL;
    gssize length = g_socket_receive_from(socket, &peer, bytes, sizeof bytes, NULL, NULL);
    ldns_pkt *asked = NULL;
    if (length < 0)
        return G_SOURCE_CONTINUE;
    server->asked++;
    g_assert_cmpint(ldns_wire2pkt(&asked, (const guint8 *)bytes, (gsize)length), ==,
                    LDNS_STATUS_OK);
    if (!server->silent)
        reply(server, peer, asked);
    ldns_pkt_free(asked);
    return G_SOURCE_CONTINUE;
}

static GSocket *bind_socket(guint number, guint16 port)
{
    g_autofree char *text = g_strdup_printf("127.0.0.%u", number);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string(text, port);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    g_socket_set_blocking(socket, FALSE);
    return g_socket_bind(socket, address, FALSE, NULL) ? g_steal_pointer(&socket) : NULL;
}

static guint16 port_of(GSocket *socket)
{
    g_autoptr(GSocketAddress) address = g_socket_get_local_address(socket, NULL);
    return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(address));
}

/* The port that is free at the first address may be taken at another. */
static gboolean bind_all(TestNameServers *servers)
{
    gboolean bound = TRUE;
    servers->port = 0;
    for (guint i = 0; i < TEST_NAME_SERVERS; i++)
        g_clear_object(&servers->servers[i].socket);
    for (guint i = 0; bound && i < TEST_NAME_SERVERS; i++) {
        servers->servers[i].socket = bind_socket(i + 1, servers->port);
        bound = servers->servers[i].socket != NULL;
        if (i == 0)
            servers->port = port_of(servers->servers[0].socket);
    }
    return bound;
}

TestNameServers *test_name_servers_new(void)
{
    TestNameServers *servers = g_new0(TestNameServers, 1);
    gboolean bound = FALSE;
    for (guint i = 0; !bound && i < 50; i++)
        bound = bind_all(servers);
    g_assert_true(bound);
    for (guint i = 0; i < TEST_NAME_SERVERS; i++) {
        Server *server = &servers->servers[i];
        server->owner = servers;
        server->number = i + 1;
        server->source = g_socket_create_source(server->socket, G_IO_IN, NULL);
        g_source_set_callback(server->source, G_SOURCE_FUNC(on_readable), server, NULL);
        g_source_attach(server->source, NULL);
    }
    return servers;
}

void test_name_servers_free(TestNameServers *servers)
{
    for (guint i = 0; i < TEST_NAME_SERVERS; i++) {
        g_source_destroy(servers->servers[i].source);
        g_source_unref(servers->servers[i].source);
        g_object_unref(servers->servers[i].socket);
    }
    g_free(servers);
}

guint16 test_name_servers_port(TestNameServers *servers)
{
    return servers->port;
}

void test_name_servers_follow(TestNameServers *servers, const TestNameRule *rules, gsize n_rules)
{
    servers->rules = rules;
    servers->n_rules = n_rules;
}

void test_name_servers_silence(TestNameServers *servers, guint server)
{
    servers->servers[server - 1].silent = TRUE;
}

guint test_name_servers_asked(TestNameServers *servers, guint server)
{
    return servers->servers[server - 1].asked;
}
