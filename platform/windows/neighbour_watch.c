#include "platform/neighbours.h"

#include <gio/gio.h>

/* The notices of this system are about addresses and routes of its own, none about neighbours. */
WhNeighbourWatch *wh_neighbour_watch_new(WhNeighbourWatchFunc changed, gpointer data,
                                         GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                        "Nobody tells here when the neighbours change");
    return NULL;
}

/* There is none. */
void wh_neighbour_watch_free(WhNeighbourWatch *watch)
{
}
