#include "tests/unit/test_igd_double.h"

#include <stdlib.h>
#include <string.h>

#define IP_SERVICE "urn:schemas-upnp-org:service:WANIPConnection:1"
#define PPP_SERVICE "urn:schemas-upnp-org:service:WANPPPConnection:1"

struct TestIgd {
    GMutex mutex;
    TestIgdManners manners;
    TestIgdCounts counts;
    char *callback;
    GCancellable *closing;
    GSocketService *service;
    guint16 port;
    GSocket *searches;
    guint16 search_port;
    GThread *answering;
};

static TestIgdManners manners_of(TestIgd *igd)
{
    g_mutex_lock(&igd->mutex);
    TestIgdManners manners = igd->manners;
    g_mutex_unlock(&igd->mutex);
    return manners;
}

static const char *or_usual(const char *text, const char *usual)
{
    return text != NULL ? text : usual;
}

static void add(TestIgd *igd, guint *count)
{
    g_mutex_lock(&igd->mutex);
    ++*count;
    g_mutex_unlock(&igd->mutex);
}

/* Searches */

static char *make_answer(TestIgd *igd, const char *location)
{
    g_mutex_lock(&igd->mutex);
    g_autofree char *own =
        g_strdup_printf("http://" TEST_IGD_ROUTER ":%u/description.xml", igd->port);
    g_mutex_unlock(&igd->mutex);
    return g_strdup_printf(
        "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\n"
        "ST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\nUSN: uuid:1::x\r\nEXT:\r\n"
        "SERVER: Double/1 UPnP/1.1\r\nLOCATION: %s\r\n\r\n",
        or_usual(location, own));
}

static void answer_as_stranger(TestIgd *igd, GSocketAddress *to, const char *answer)
{
    g_autoptr(GSocketAddress) place = g_inet_socket_address_new_from_string("127.0.0.3", 0);
    g_autoptr(GSocket) socket =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    gboolean bound = g_socket_bind(socket, place, FALSE, NULL);
    g_assert_true(bound);
    g_socket_send_to(socket, to, answer, strlen(answer), NULL, NULL);
    add(igd, &igd->counts.strangers);
}

static void answer_search(TestIgd *igd, GSocketAddress *to)
{
    TestIgdManners manners = manners_of(igd);
    g_autofree char *answer = make_answer(igd, manners.location);
    add(igd, &igd->counts.searches);
    for (guint i = 0; i < manners.strangers; i++)
        answer_as_stranger(igd, to, answer);
    if (!manners.deaf)
        g_socket_send_to(igd->searches, to, answer, strlen(answer), NULL, NULL);
}

static gpointer answer_searches(gpointer data)
{
    TestIgd *igd = data;
    char bytes[2048];
    for (;;) {
        g_autoptr(GSocketAddress) from = NULL;
        gssize length = g_socket_receive_from(igd->searches, &from, bytes, sizeof bytes - 1,
                                              igd->closing, NULL);
        if (length < 0)
            return NULL;
        bytes[length] = '\0';
        if (strstr(bytes, "InternetGatewayDevice:1") != NULL)
            answer_search(igd, from);
    }
}

/* Everything else */

static gboolean send_text(GIOStream *stream, const char *text, gsize length)
{
    GOutputStream *output = g_io_stream_get_output_stream(stream);
    return g_output_stream_write_all(output, text, length, NULL, NULL, NULL);
}

static void send_answer(GIOStream *stream, guint status, const char *headers, const char *body,
                        gsize length)
{
    g_autofree char *head = g_strdup_printf("HTTP/1.1 %u Status\r\nContent-Length: %zu\r\n"
                                            "Connection: close\r\n%s\r\n",
                                            status, length, headers);
    if (send_text(stream, head, strlen(head)))
        send_text(stream, body, length);
}

char *test_igd_description(const char *control, const char *events, gboolean two)
{
    g_autofree char *second = g_strdup_printf(
        "<service><serviceType>" PPP_SERVICE "</serviceType><serviceId>b</serviceId>"
        "<controlURL>/second</controlURL><eventSubURL>/second-events</eventSubURL></service>");
    return g_strdup_printf(
        "<?xml version=\"1.0\"?>\n<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device>"
        "<deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType>"
        "<friendlyName>Box</friendlyName><modelName>Double &amp; Co 9000</modelName><deviceList>"
        "<device><modelName>Other</modelName><serviceList><service><serviceType>" IP_SERVICE
        "</serviceType><serviceId>a</serviceId><controlURL>%s</controlURL><eventSubURL>%s"
        "</eventSubURL></service>%s</serviceList></device></deviceList></device></root>\n",
        control, events, two ? second : "");
}

static void send_description(TestIgd *igd, GIOStream *stream)
{
    TestIgdManners manners = manners_of(igd);
    g_autofree char *usual = test_igd_description("/control", "/events", FALSE);
    const char *text = or_usual(manners.description, usual);
    gsize length = manners.description_size != 0 ? manners.description_size : strlen(text);
    add(igd, &igd->counts.descriptions);
    if (manners.redirect != NULL) {
        g_autofree char *header = g_strdup_printf("Location: %s\r\n", manners.redirect);
        send_answer(stream, 302, header, "", 0);
        return;
    }
    send_answer(stream, 200, "Content-Type: text/xml\r\n", text, length);
}

static void send_soap(GIOStream *stream, const char *action, const char *values)
{
    g_autofree char *body = g_strdup_printf(
        "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/"
        "\"><s:Body><u:%sResponse xmlns:u=\"" IP_SERVICE "\">%s</u:%sResponse></s:Body>"
        "</s:Envelope>\r\n",
        action, values, action);
    send_answer(stream, 200, "Content-Type: text/xml\r\n", body, strlen(body));
}

static void send_fault(GIOStream *stream, guint code)
{
    g_autofree char *body = g_strdup_printf(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>"
        "<faultcode>s:Client</faultcode><detail><UPnPError><errorCode>%u</errorCode>"
        "</UPnPError></detail></s:Fault></s:Body></s:Envelope>",
        code);
    send_answer(stream, 500, "Content-Type: text/xml\r\n", body, strlen(body));
}

static void send_entry(TestIgd *igd, GIOStream *stream, const char *request)
{
    guint mappings = manners_of(igd).mappings;
    const char *at = strstr(request, "<NewPortMappingIndex>");
    guint index = at == NULL ? 0 : (guint)atoi(at + strlen("<NewPortMappingIndex>"));
    add(igd, &igd->counts.entries);
    if (index >= 2 * mappings) {
        send_fault(stream, 713);
        return;
    }
    g_autofree char *values = g_strdup_printf(
        "<NewExternalPort>%u</NewExternalPort><NewInternalClient>%s</NewInternalClient>"
        "<NewEnabled>1</NewEnabled>",
        8000 + index, index % 2 == 0 ? TEST_IGD_SELF : "127.0.0.9");
    send_soap(stream, "GetGenericPortMappingEntry", values);
}

static void control(TestIgd *igd, GIOStream *stream, const char *request, gboolean second)
{
    TestIgdManners manners = manners_of(igd);
    const char *address =
        or_usual(second ? manners.second_address : manners.address, "11.22.33.44");
    g_autofree char *named =
        g_strdup_printf("<NewExternalIPAddress>%s</NewExternalIPAddress>", address);
    g_autofree char *status =
        g_strdup_printf("<NewConnectionStatus>%s</NewConnectionStatus><NewUptime>5</NewUptime>",
                        or_usual(manners.status, "Connected"));
    gboolean is_address = strstr(request, "#GetExternalIPAddress\"") != NULL;
    gboolean is_status = strstr(request, "#GetStatusInfo\"") != NULL;
    if (is_address)
        add(igd, &igd->counts.addresses);
    if (is_status)
        add(igd, &igd->counts.statuses);
    if (manners.fault)
        send_fault(stream, 501);
    else if (is_address)
        send_soap(stream, "GetExternalIPAddress", named);
    else if (is_status)
        send_soap(stream, "GetStatusInfo", status);
    else
        send_entry(igd, stream, request);
}

static void keep_callback(TestIgd *igd, const char *request)
{
    const char *at = strstr(request, "CALLBACK: <");
    g_assert_nonnull(at);
    at += strlen("CALLBACK: <");
    g_mutex_lock(&igd->mutex);
    g_free(igd->callback);
    igd->callback = g_strndup(at, strcspn(at, ">"));
    g_mutex_unlock(&igd->mutex);
}

/* Waits for no answer: the other side is the main loop of the test. */
static void send_first_event(TestIgd *igd, const char *sid)
{
    g_autofree char *callback = test_igd_callback(igd);
    g_autofree char *event = test_igd_event(callback, sid);
    g_autoptr(GSocket) socket = test_igd_knock(callback, TEST_IGD_ROUTER, event, strlen(event));
    char bytes[256];
    g_socket_set_blocking(socket, TRUE);
    while (g_socket_receive(socket, bytes, sizeof bytes, igd->closing, NULL) > 0)
        continue;
}

static void subscribe(TestIgd *igd, GIOStream *stream, const char *request)
{
    TestIgdManners manners = manners_of(igd);
    const char *sid = or_usual(manners.sid, TEST_IGD_SID);
    gboolean renewal = strstr(request, "SID: ") != NULL;
    guint refusal = renewal ? manners.refuse_renewals : manners.refuse_events;
    if (!renewal)
        keep_callback(igd, request);
    if (!renewal && refusal == 0 && manners.early)
        send_first_event(igd, sid);
    g_autofree char *headers = g_strdup_printf("SID: %s\r\nTIMEOUT: %s\r\n", sid,
                                               or_usual(manners.granted, "Second-1800"));
    send_answer(stream, refusal != 0 ? refusal : 200, refusal != 0 ? "" : headers, "", 0);
    add(igd, renewal ? &igd->counts.renewals : &igd->counts.subscriptions);
    if (!renewal && refusal == 0 && !manners.early) {
        g_io_stream_close(stream, NULL, NULL);
        send_first_event(igd, sid);
    }
}

static char *read_request(TestIgd *igd, GIOStream *stream)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (;;) {
        char bytes[4096];
        const char *end = strstr(text->str, "\r\n\r\n");
        const char *length = strstr(text->str, "Content-Length: ");
        gsize body = length != NULL ? (gsize)atoi(length + strlen("Content-Length: ")) : 0;
        if (end != NULL && strlen(end) >= strlen("\r\n\r\n") + body)
            return g_strdup(text->str);
        gssize count = g_input_stream_read(g_io_stream_get_input_stream(stream), bytes,
                                           sizeof bytes, igd->closing, NULL);
        if (count <= 0)
            return NULL;
        g_string_append_len(text, bytes, count);
    }
}

static gboolean on_connection(GThreadedSocketService *service, GSocketConnection *connection,
                              GObject *source, gpointer data)
{
    TestIgd *igd = data;
    GIOStream *stream = G_IO_STREAM(connection);
    g_autofree char *request = read_request(igd, stream);
    if (request == NULL)
        return TRUE;
    if (g_str_has_prefix(request, "GET /description.xml "))
        send_description(igd, stream);
    else if (g_str_has_prefix(request, "POST /control "))
        control(igd, stream, request, FALSE);
    else if (g_str_has_prefix(request, "POST /second "))
        control(igd, stream, request, TRUE);
    else if (g_str_has_prefix(request, "SUBSCRIBE "))
        subscribe(igd, stream, request);
    else if (g_str_has_prefix(request, "UNSUBSCRIBE "))
        add(igd, &igd->counts.cancellations);
    return TRUE;
}

static void start_service(TestIgd *igd)
{
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string(TEST_IGD_ROUTER, 0);
    g_autoptr(GSocketAddress) bound = NULL;
    igd->service = g_threaded_socket_service_new(-1);
    gboolean listening =
        g_socket_listener_add_address(G_SOCKET_LISTENER(igd->service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL);
    g_assert_true(listening);
    g_mutex_lock(&igd->mutex);
    igd->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
    g_mutex_unlock(&igd->mutex);
    g_signal_connect(igd->service, "run", G_CALLBACK(on_connection), igd);
    g_socket_service_start(igd->service);
}

static void stop_service(TestIgd *igd)
{
    g_socket_service_stop(igd->service);
    g_socket_listener_close(G_SOCKET_LISTENER(igd->service));
    /* The service's threads hold references to it while they run. */
    g_object_add_weak_pointer(G_OBJECT(igd->service), (gpointer *)&igd->service);
    g_object_unref(igd->service);
    while (g_atomic_pointer_get(&igd->service) != NULL)
        g_main_context_iteration(NULL, FALSE);
}

TestIgd *test_igd_new(void)
{
    TestIgd *igd = g_new0(TestIgd, 1);
    g_mutex_init(&igd->mutex);
    igd->closing = g_cancellable_new();
    start_service(igd);
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string(TEST_IGD_ROUTER, 0);
    igd->searches =
        g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
    gboolean bound = g_socket_bind(igd->searches, wanted, FALSE, NULL);
    g_assert_true(bound);
    g_autoptr(GSocketAddress) local = g_socket_get_local_address(igd->searches, NULL);
    igd->search_port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(local));
    igd->answering = g_thread_new("searches", answer_searches, igd);
    return igd;
}

void test_igd_free(TestIgd *igd)
{
    g_cancellable_cancel(igd->closing);
    g_thread_join(igd->answering);
    stop_service(igd);
    g_object_unref(igd->searches);
    g_object_unref(igd->closing);
    g_mutex_clear(&igd->mutex);
    g_free(igd->callback);
    g_free(igd);
}

void test_igd_behave(TestIgd *igd, const TestIgdManners *manners)
{
    g_mutex_lock(&igd->mutex);
    igd->manners = *manners;
    g_mutex_unlock(&igd->mutex);
}

TestIgdCounts test_igd_counts(TestIgd *igd)
{
    g_mutex_lock(&igd->mutex);
    TestIgdCounts counts = igd->counts;
    g_mutex_unlock(&igd->mutex);
    return counts;
}

guint16 test_igd_search_port(TestIgd *igd)
{
    return igd->search_port;
}

guint16 test_igd_port(TestIgd *igd)
{
    return igd->port;
}

void test_igd_move(TestIgd *igd)
{
    stop_service(igd);
    start_service(igd);
}

char *test_igd_callback(TestIgd *igd)
{
    g_mutex_lock(&igd->mutex);
    char *callback = g_strdup(igd->callback);
    g_mutex_unlock(&igd->mutex);
    return callback;
}
