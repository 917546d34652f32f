#include "service/wiring/front_door.h"

#define RETRY (10 * WH_SECOND)

/* timer: tries again, or 0. */
struct WhFrontDoor {
    WhClock *clock;
    char *address;
    gboolean everyone;
    WhListenerFunc accepted;
    gpointer data;
    WhListener *listener;
    guint timer;
};

static void try_again(gpointer data);

static void try_later(WhFrontDoor *door)
{
    door->timer = wh_clock_add_timer(door->clock, RETRY, try_again, door);
}

static gboolean listen_at_address(WhFrontDoor *door, GError **error)
{
    door->listener =
        wh_listener_new(door->address, door->everyone, door->accepted, door->data, error);
    return door->listener != NULL;
}

static void try_again(gpointer data)
{
    WhFrontDoor *door = data;

    door->timer = 0;
    if (listen_at_address(door, NULL))
        g_message("Programs can talk to the service now");
    else
        try_later(door);
}

/* FALSE: another service answers there. */
static gboolean open_first(WhFrontDoor *door, GError **error)
{
    g_autoptr(GError) problem = NULL;

    if (listen_at_address(door, &problem))
        return TRUE;
    if (g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    g_warning("Nothing can talk to the service, which does its work all the same, until this is "
              "mended: %s",
              problem->message);
    try_later(door);
    return TRUE;
}

static WhListener *activated(WhFrontDoor *door)
{
    g_autoptr(GError) problem = NULL;
    WhListener *listener = wh_listener_new_activated(door->accepted, door->data, &problem);

    if (listener == NULL && !g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_warning("The socket of the service manager cannot be used: %s", problem->message);
    return listener;
}

WhFrontDoor *wh_front_door_new(WhClock *clock, const WhOptions *options, WhListenerFunc accepted,
                               gpointer data, GError **error)
{
    WhFrontDoor *door = g_new0(WhFrontDoor, 1);

    door->clock = clock;
    door->address = g_strdup(options->control);
    door->everyone = options->scope == WH_PATHS_SYSTEM;
    door->accepted = accepted;
    door->data = data;
    door->listener = activated(door);
    if (door->listener != NULL)
        return door;
    if (door->address == NULL)
        g_warning("Nothing can talk to the service: there is no runtime folder for this user "
                  "(XDG_RUNTIME_DIR is not set). Start it with --control=PATH");
    else if (!open_first(door, error))
        g_clear_pointer(&door, wh_front_door_free);
    return door;
}

void wh_front_door_free(WhFrontDoor *door)
{
    if (door == NULL)
        return;
    wh_clock_remove_timer(door->clock, &door->timer);
    wh_listener_free(door->listener);
    g_free(door->address);
    g_free(door);
}
