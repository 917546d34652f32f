/* Where programs of this computer knock. */
#pragma once

#include "platform/local_socket.h"
#include "service/base/clock.h"
#include "service/wiring/options.h"

G_BEGIN_DECLS

typedef struct WhFrontDoor WhFrontDoor;

/* Listens at what the service manager handed over, or else at options->control. NULL only when
 * another service answers there (G_IO_ERROR_ADDRESS_IN_USE). Anything else that keeps the address
 * from being used is logged, and tried again from time to time: nobody who takes the name of the
 * door keeps the service from its work. `accepted` comes in the main context. Free with
 * wh_front_door_free(). */
WhFrontDoor *wh_front_door_new(WhClock *clock, const WhOptions *options, WhListenerFunc accepted,
                               gpointer data, GError **error);
void wh_front_door_free(WhFrontDoor *door);

G_END_DECLS
