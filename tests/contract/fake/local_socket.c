#include "platform/local_socket.h"

#include "platform/fake/fake.h"
#include "platform/fake/socket_pair.h"
#include "tests/contract/helper.h"
#include "tests/contract/local_socket_adapter.h"

char *wh_adapter_address(const char *folder, const char *name)
{
    return g_build_filename(folder, name, "control", NULL);
}

void wh_adapter_self(WhPeer *peer)
{
    wh_fake_self(peer);
}

gboolean wh_adapter_connect_as(const char *address, guint uid)
{
    WhPeer peer = {.known = uid != WH_ADAPTER_UNMAPPED, .principal = "unknown"};
    GIOStream *stream;

    if (peer.known)
        g_snprintf(peer.principal, sizeof peer.principal, "uid:%u", uid);
    wh_fake_local_socket_set_peer(&peer);
    stream = wh_local_socket_connect(address, NULL);
    g_assert_nonnull(stream);
    g_object_unref(stream);
    wh_fake_local_socket_set_peer(NULL);
    return TRUE;
}

static void ignore(GIOStream *stream, const WhPeer *peer, gpointer data)
{
}

gboolean wh_adapter_connect_to_untrusted(const char *address, GIOStream **stream, GError **error)
{
    g_autoptr(WhListener) listener = wh_listener_new(address, TRUE, ignore, NULL, NULL);

    g_assert_nonnull(listener);
    wh_fake_local_socket_set_trusted(FALSE);
    *stream = wh_local_socket_connect(address, error);
    wh_fake_local_socket_set_trusted(TRUE);
    return TRUE;
}

static void count(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    ++*(guint *)data;
}

static void test_activated(void)
{
    guint counter = 0;
    WhListener *listener;
    g_autoptr(GIOStream) client = NULL;

    wh_fake_local_socket_set_activated("/run/handed-over");
    listener = wh_listener_new_activated(count, &counter, NULL);
    g_assert_nonnull(listener);
    g_assert_null(wh_listener_new_activated(count, &counter, NULL));
    client = wh_local_socket_connect("/run/handed-over", NULL);
    wh_helper_for_count(&counter, 1);
    wh_listener_free(listener);
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/local-socket/fake/activated", test_activated);
}
