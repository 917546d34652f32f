/* Lets a GLib main loop drive an sd-bus connection, without a thread of its own. */
#pragma once

#include <glib.h>
#include <systemd/sd-bus.h>

G_BEGIN_DECLS

/* Called when the connection is lost, at most once; `error` is a positive errno. The callee
 * destroys the source. */
typedef void (*WhBusSourceLostFunc)(int error, gpointer data);

/* A source, not yet attached, that processes `bus` and takes a reference to it. */
GSource *wh_bus_source_new(sd_bus *bus, WhBusSourceLostFunc lost, gpointer data);

G_END_DECLS
