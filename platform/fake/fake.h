/* The strings by which tests pull at the fake platform.
 *
 * All of it is one state for the whole program; wh_fake_reset() brings back the beginning.
 * Callbacks come with the next turn of the main loop, as they would from a real system. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/local_socket.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Forgets everything that was set, kept or recorded. Objects still alive must be freed before. */
void wh_fake_reset(void);

/* FALSE: commands that need an administrator are typed as one, as on Windows, and no program asks
 * for a password. */
void wh_fake_advice_set_sudo(gboolean available);

/* Addresses and routes that the "system" has from now on; monitors see them after fire or refresh.
 */
void wh_fake_address_monitor_set_addresses(const WhInterfaceAddress *addresses, guint count);

/* As the addresses; by number. */
void wh_fake_address_monitor_set_interfaces(const WhInterface *interfaces, guint count);

/* family is 4 or 6; NULL: there is no default route. No VPN: the home's line is the same. */
void wh_fake_address_monitor_set_route(guint family, const WhDefaultRoute *route);

/* The home's line beside a VPN, which is what was set as the route before. NULL: there is none. */
void wh_fake_address_monitor_set_line(guint family, const WhDefaultRoute *line);

/* "Look again" to every monitor, whether or not something differs. */
void wh_fake_address_monitor_fire(void);

/* FALSE: monitors made from now on poll, and only wh_address_monitor_refresh() shows changes. */
void wh_fake_address_monitor_set_instant(gboolean instant);

/* The computer comes back from sleep. */
void wh_fake_sleep_monitor_fire(void);

/* FALSE: nobody tells here, wh_sleep_monitor_new() fails. */
void wh_fake_sleep_monitor_set_supported(gboolean supported);

/* Who the next clients are; NULL: this process itself. */
void wh_fake_local_socket_set_peer(const WhPeer *peer);

/* TRUE: somebody who is not trusted keeps every address, and nobody can listen. */
void wh_fake_local_socket_set_kept(gboolean kept);

/* FALSE: clients find somebody untrusted at the other end. */
void wh_fake_local_socket_set_trusted(gboolean trusted);

/* The address of the socket that the service manager hands over, NULL for none. Taken once. */
void wh_fake_local_socket_set_activated(const char *address);

/* What the secret store runs into. */
typedef enum {
    WH_FAKE_SECRET_STORE_WORKS,
    WH_FAKE_SECRET_STORE_LOCKED,  /* everything: G_IO_ERROR_PERMISSION_DENIED */
    WH_FAKE_SECRET_STORE_DENIED,  /* cannot even be opened: G_IO_ERROR_PERMISSION_DENIED */
    WH_FAKE_SECRET_STORE_DAMAGED, /* reading: G_IO_ERROR_INVALID_DATA */
    WH_FAKE_SECRET_STORE_FULL,    /* writing: G_IO_ERROR_NO_SPACE */
} WhFakeSecretStoreFailure;

void wh_fake_secret_store_set_failure(WhFakeSecretStoreFailure failure);

/* The service manager asks every host to stop. */
void wh_fake_service_host_stop(void);

/* It asks them to read their files again. */
void wh_fake_service_host_reload(void);

/* What was told to the manager, oldest first: "ready: ...", "status: ...", "stopping". */
const GPtrArray *wh_fake_service_host_record(void);

/* The folder that holds all others: "state", "config", "run" (with "-user" behind for
 * WH_PATHS_USER). The start is "/nonexistent". */
void wh_fake_paths_set_folder(const char *folder);

/* FALSE: this user has no runtime folder. */
void wh_fake_paths_set_runtime(gboolean available);

/* One call of wh_uplink_bind() that was not refused. */
typedef struct {
    guint64 socket;
    guint interface;
    guint family;
} WhFakeUplink;

/* Array of WhFakeUplink, oldest first. */
const GArray *wh_fake_uplink_record(void);

/* TRUE: the system refuses to bind sockets to interfaces. */
void wh_fake_uplink_set_refused(gboolean refused);

/* What the system's configuration lists; NULL: none. */
void wh_fake_dns_servers_set(const char *const *servers);

G_END_DECLS
