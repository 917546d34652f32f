/* What arrives at a UDP socket, some of it in each turn of the main loop, so that a flood holds
 * nobody else up. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is longer is cut, or refused by the system. */
#define WH_DATAGRAM_MOST 4096

/* Both may free the listener, datagram only when it returns FALSE.
 *
 * datagram: one came; TRUE: the next one may follow in this turn. failed NULL: what is wrong with
 * one datagram is not wrong with the next. */
typedef struct {
    gboolean (*datagram)(GSocketAddress *sender, const guint8 *bytes, gsize length, gpointer data);
    void (*failed)(const GError *error, gpointer data);
} WhDatagramEvents;

typedef struct WhDatagrams WhDatagrams;

/* Listens at `socket`, which is taken over and does not block. */
WhDatagrams *wh_datagrams_new(GSocket *socket, const WhDatagramEvents *events, gpointer data);
void wh_datagrams_free(WhDatagrams *datagrams);

/* To send from; owned by the listener. */
GSocket *wh_datagrams_socket(const WhDatagrams *datagrams);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDatagrams, wh_datagrams_free)

G_END_DECLS
