/* The door: serves org.wayhome.Control over local connections.
 *
 * Reads, authorises, calls one small function a method, answers. Holds no state of its own but
 * connections. */
#pragma once

#include "platform/local_socket.h"
#include "service/accounts/accounts.h"
#include "service/detect/detector.h"

G_BEGIN_DECLS

/* What the methods work with; all must outlive the control. look_again: as after an event of the
 * platform. set_paused: pauses or resumes everything and remembers it. allow_secret_file: takes the
 * person's word for it and remembers it. notices: codes and sentences
 * about the service itself, parallel NULL-terminated arrays owned by the giver and valid until the
 * next call. */
typedef struct {
    WhClock *clock;
    WhAccounts *accounts;
    WhKeeper *keeper;
    WhDetector *detector;
    WhProviders *providers;
    WhStore *store;
    WhVault *vault;
    gboolean system_scope;
    gint64 started;
    gboolean (*is_instant)(gpointer data);
    void (*look_again)(gpointer data);
    gboolean (*set_paused)(gboolean paused, gpointer data);
    gboolean (*allow_secret_file)(gboolean allowed, GError **error, gpointer data);
    void (*notices)(const char *const **codes, const char *const **details, gpointer data);
    gpointer data;
} WhControlRooms;

typedef struct WhControl WhControl;

WhControl *wh_control_new(const WhControlRooms *rooms);

/* Closes every connection. */
void wh_control_free(WhControl *control);

/* A connection that the listener accepted. */
void wh_control_accept(WhControl *control, GIOStream *stream, const WhPeer *peer);

/* Something changed that watchers are to be told. Changes of one turn of the main loop go out
 * together. account and host as in WhKeeperListener. */
void wh_control_host_changed(WhControl *control, const char *account, const char *host);
void wh_control_verdict_changed(WhControl *control, WhFamily family);
void wh_control_service_changed(WhControl *control);
/* The vault changed: who waits for the keyring may be answered. */
void wh_control_secrets_changed(WhControl *control);
void wh_control_event(WhControl *control, const WhEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhControl, wh_control_free)

G_END_DECLS
