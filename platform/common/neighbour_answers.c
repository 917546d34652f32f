#include "platform/common/neighbour_answers.h"

#include "platform/common/own_addresses.h"
#include "platform/neighbours.h"

#include <string.h>

#define HEAR_MILLISECONDS 2000
#define MOST_ANSWERS 512
#define ANSWERS_A_TURN 64
#define ANSWER_BYTES 2048

typedef struct {
    WhInterfaceAddress origin;
    gint64 until;
    guint left;
} Hearing;

static void sender_probe(const Hearing *hearing, GSocketAddress *sender)
{
    const WhInterfaceAddress *origin = &hearing->origin;
    GInetAddress *address;
    const guint8 *bytes;

    if (!G_IS_INET_SOCKET_ADDRESS(sender))
        return;
    address = g_inet_socket_address_get_address(G_INET_SOCKET_ADDRESS(sender));
    bytes = g_inet_address_to_bytes(address);
    if (g_inet_address_get_family(address) != G_SOCKET_FAMILY_IPV6 ||
        !wh_own_address_covers(origin, bytes) || memcmp(bytes, origin->bytes, 16) == 0)
        return;
    (void)wh_neighbours_probe(origin->interface, 6, bytes, NULL);
}

/* FALSE: nothing is waiting. */
static gboolean answer_take(Hearing *hearing, GSocket *socket)
{
    g_autoptr(GSocketAddress) sender = NULL;
    g_autoptr(GError) error = NULL;
    char answer[ANSWER_BYTES];

    if (g_socket_receive_from(socket, &sender, answer, sizeof answer, NULL, &error) >= 0)
        sender_probe(hearing, sender);
    hearing->left--;
    return !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean answers_take(GSocket *socket, GIOCondition condition, gpointer data)
{
    Hearing *hearing = data;

    for (guint i = 0; i < ANSWERS_A_TURN && hearing->left > 0; i++) {
        if (!answer_take(hearing, socket))
            break;
    }
    return hearing->left > 0 && g_get_monotonic_time() < hearing->until ? G_SOURCE_CONTINUE
                                                                        : G_SOURCE_REMOVE;
}

void wh_neighbour_answers_hear(GSocket *socket, const WhInterfaceAddress *origin)
{
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    g_autoptr(GSource) source = g_socket_create_source(socket, G_IO_IN, NULL);
    g_autoptr(GSource) end = g_timeout_source_new(HEAR_MILLISECONDS);
    Hearing *hearing = g_new0(Hearing, 1);

    hearing->origin = *origin;
    hearing->until = g_get_monotonic_time() + HEAR_MILLISECONDS * G_TIME_SPAN_MILLISECOND;
    hearing->left = MOST_ANSWERS;
    g_source_set_callback(source, G_SOURCE_FUNC(answers_take), hearing, g_free);
    g_source_set_dummy_callback(end);
    g_source_add_child_source(source, end);
    g_source_attach(source, context);
}
