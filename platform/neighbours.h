/* The machines that this computer knows on its own links: addresses and the hardware addresses
 * behind them, as the system's neighbour table has them (RFC 826, RFC 4861 section 5.1).
 *
 * Nobody is searched for by reading. A machine is in the table after this computer has spoken with
 * it; wh_neighbours_call() and wh_neighbours_probe() bring that about. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* family is 4 or 6; an IPv4 address is in the first four bytes, the others are 0. reachable: the
 * system had an answer from it within the last moments; FALSE says nothing against it. */
typedef struct {
    guint interface;
    guint family;
    guint8 bytes[16];
    guint8 mac[6];
    gboolean reachable;
} WhNeighbour;

/* More are never read: what is beyond is left out. */
#define WH_NEIGHBOURS_MAX 4096

/* The present table, read anew, without waiting for anybody: array of WhNeighbour for
 * g_array_unref(), sorted by interface, family and address, each address of an interface once.
 * Groups (multicast, broadcast), machines that do not answer and those without a hardware address
 * of six bytes are left out. NULL with G_IO_ERROR when it cannot be read. */
GArray *wh_neighbours_read(GError **error);

/* Has the IPv6 machines of a link show themselves: from each global address that this computer has
 * there, all of them are asked for an echo (Linux, where net.ipv4.ping_group_range allows it to
 * this program) and for the names of their services (mDNS, RFC 6762). For two seconds the main loop
 * of this thread hears who answers and probes each of them, so that the system's table has it a
 * moment later, with the address that it answered from, which lies in the prefix of the address
 * that asked. A machine with temporary addresses answers from one of those, and one that answers
 * neither question is not found: an address that is suspected is asked for by
 * wh_neighbours_probe(). Waits for nobody. FALSE with G_IO_ERROR: nothing could be sent;
 * G_IO_ERROR_NOT_FOUND: no global IPv6 address there. */
gboolean wh_neighbours_call(guint interface, GError **error);

/* Has the system find out who has this address on the link, by one datagram without content to the
 * port for discarding (RFC 863). It must be an address of the link's own subnet: others would go to
 * the router. `address` has 4 or 16 bytes. Waits for nobody: a machine that is there is in the
 * table a moment later. FALSE with G_IO_ERROR: nothing could be sent. */
gboolean wh_neighbours_probe(guint interface, guint family, const guint8 *address, GError **error);

typedef struct WhNeighbourWatch WhNeighbourWatch;
typedef void (*WhNeighbourWatchFunc)(gpointer data);

/* `changed` is called in the main context when wh_neighbours_read() would give other pairs of
 * address and hardware address than before, at most once a second; that somebody became reachable
 * or stopped to be is no change. Costs wake-ups on a lively link: only as long as somebody needs
 * it. NULL with G_IO_ERROR_NOT_SUPPORTED where the system tells nobody (Windows): then look now and
 * then. Free with wh_neighbour_watch_free(). */
WhNeighbourWatch *wh_neighbour_watch_new(WhNeighbourWatchFunc changed, gpointer data,
                                         GError **error);
void wh_neighbour_watch_free(WhNeighbourWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhNeighbourWatch, wh_neighbour_watch_free)

G_END_DECLS
