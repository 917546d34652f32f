#include "platform/windows/address_list_watch.h"

#include "platform/windows/text.h"

#include <winsock2.h>

/* The source comes first: its memory lives until the last dispatch is over. The event is reset by
 * the system whenever the request is made again. */
struct WhAddressListWatch {
    GSource source;
    GPollFD poll;
    WhHop *hop;
    SOCKET socket;
    WSAOVERLAPPED request; /* the system's while armed */
    gboolean armed;
};

/* Asks to be told of the next change. */
static gboolean arm(WhAddressListWatch *watch)
{
    HANDLE event = watch->request.hEvent;
    DWORD ignored = 0;

    watch->request = (WSAOVERLAPPED){.hEvent = event};
    WSAResetEvent(event);
    int result = WSAIoctl(watch->socket, SIO_ADDRESS_LIST_CHANGE, NULL, 0, NULL, 0, &ignored,
                          &watch->request, NULL);
    watch->armed = result == 0 || WSAGetLastError() == WSA_IO_PENDING;
    return watch->armed;
}

static gboolean watch_check(GSource *source)
{
    return (((WhAddressListWatch *)source)->poll.revents & G_IO_IN) != 0;
}

/* Armed anew before anybody looks, so that no change falls between. */
static gboolean watch_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhAddressListWatch *watch = (WhAddressListWatch *)source;
    DWORD ignored;
    gboolean heard =
        WSAGetOverlappedResult(watch->socket, &watch->request, &ignored, FALSE, &ignored);

    if (!heard && WSAGetLastError() == WSA_IO_INCOMPLETE)
        return G_SOURCE_CONTINUE;
    watch->armed = FALSE;
    if (!heard || !arm(watch))
        g_source_remove_poll(source, &watch->poll);
    wh_hop_ring(watch->hop);
    return G_SOURCE_CONTINUE;
}

/* The request is the system's until it says that it gave it up. */
static void disarm(WhAddressListWatch *watch)
{
    if (watch->armed && CancelIoEx((HANDLE)watch->socket, &watch->request))
        WaitForSingleObject(watch->request.hEvent, INFINITE);
    watch->armed = FALSE;
}

static void watch_finalize(GSource *source)
{
    WhAddressListWatch *watch = (WhAddressListWatch *)source;

    disarm(watch);
    if (watch->socket != INVALID_SOCKET)
        closesocket(watch->socket);
    if (watch->request.hEvent != NULL)
        CloseHandle(watch->request.hEvent);
}

WhAddressListWatch *wh_address_list_watch_new(gint family, WhHop *hop, GError **error)
{
    static GSourceFuncs funcs = {
        .check = watch_check, .dispatch = watch_dispatch, .finalize = watch_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhAddressListWatch *watch = (WhAddressListWatch *)g_source_new(&funcs, sizeof *watch);

    watch->hop = hop;
    watch->request.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    watch->socket = WSASocketW(family, SOCK_DGRAM, IPPROTO_UDP, NULL, 0,
                               WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    if (watch->request.hEvent == NULL || watch->socket == INVALID_SOCKET || !arm(watch)) {
        wh_windows_set_error(error, GetLastError(), "The system does not tell about new addresses");
        g_source_unref(&watch->source);
        return NULL;
    }
    watch->poll = (GPollFD){.fd = (gintptr)watch->request.hEvent, .events = G_IO_IN};
    g_source_add_poll(&watch->source, &watch->poll);
    g_source_set_static_name(&watch->source, "wh-address-list-watch");
    g_source_attach(&watch->source, context);
    return watch;
}

void wh_address_list_watch_free(WhAddressListWatch *watch)
{
    if (watch == NULL)
        return;
    g_source_destroy(&watch->source);
    disarm(watch);
    g_source_unref(&watch->source);
}

gboolean wh_address_list_watch_is_armed(WhAddressListWatch *watch)
{
    return watch != NULL && watch->armed;
}
