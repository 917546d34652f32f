/* What comes back to a question that all machines of a link were asked. */
#pragma once

#include "platform/address_monitor.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Hears for two seconds who answers, in the main context of this thread, and probes each of them
 * that lies in the subnet of `origin`, the address that asked. An answer alone is not enough: a
 * machine that still remembers this computer answers without making itself known. What the answers
 * say is not looked at. */
void wh_neighbour_answers_hear(GSocket *socket, const WhInterfaceAddress *origin);

G_END_DECLS
