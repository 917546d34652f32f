/* The door: serves org.wayhome.Control over local connections.
 *
 * Reads, authorises, calls one small function a method, answers. Holds no state of its own but
 * connections. */
#pragma once

#include "platform/local_socket.h"
#include "platform/permission.h"
#include "service/accounts/accounts.h"
#include "service/detect/detector.h"
#include "service/detect/vpn_choices.h"
#include "service/doctor/finding.h"

G_BEGIN_DECLS

/* What came of a change of the owner: NULL, or why it was refused (G_IO_ERROR_NOT_FOUND,
 * G_IO_ERROR_INVALID_ARGUMENT: no such person; other codes of this domain: it cannot be done now;
 * another domain: it could not be written down). */
typedef void (*WhControlOwnerSet)(const GError *error, gpointer data);

/* The doctor has asked everything again. */
typedef void (*WhControlDiagnosed)(gpointer data);

/* What the methods work with; all must outlive the control.
 *
 * permission: only in the system scope, where others than root and the owner may knock; NULL: they
 * are never let in. look_again: as after an event of the platform. set_paused: pauses or resumes
 * everything and remembers it. allow_secret_file: takes the person's word for it and remembers it.
 * keep_unattended: whether secrets are kept for the time when nobody is signed in; NULL: not
 * possible here. reload: reads the administrator's files again; NULL: there are none. notices:
 * codes and sentences about the service itself, parallel NULL-terminated arrays owned by the giver
 * and valid until the next call. findings: what the doctor says (WhFinding), valid until the next
 * call; NULL: there is no doctor. diagnose: has the doctor ask everything again; `done` is called
 * once, not before this returned, also when the service ends. network: the id of the network that
 * this computer is on, NULL: not known; absent: never known.
 *
 * owner: the owner's principal and name (NULL, NULL: nobody), valid until the next change. claim:
 * makes `principal` the owner and remembers it; on failure everything is as before. set_owner: the
 * same for the user of this name (NULL: nobody); `done` is called once, not before this returned.
 * All three are only called in the system scope.
 *
 * set_vpn: decides what is published while the way out leads through that VPN, and looks again;
 * FALSE: it holds now and is not remembered. vpn_choices: what was decided. */
typedef struct {
    WhClock *clock;
    WhAccounts *accounts;
    WhKeeper *keeper;
    WhDetector *detector;
    WhProviders *providers;
    WhStore *store;
    WhVault *vault;
    WhPermission *permission;
    gboolean system_scope;
    gint64 started;
    gboolean (*is_instant)(gpointer data);
    void (*look_again)(gpointer data);
    gboolean (*set_paused)(gboolean paused, gpointer data);
    gboolean (*allow_secret_file)(gboolean allowed, GError **error, gpointer data);
    gboolean (*keep_unattended)(gboolean enabled, GError **error, gpointer data);
    gboolean (*reload)(GError **error, gpointer data);
    void (*owner)(const char **principal, const char **name, gpointer data);
    gboolean (*claim)(const char *principal, GError **error, gpointer data);
    void (*set_owner)(const char *user, WhControlOwnerSet done, gpointer done_data, gpointer data);
    gboolean (*set_vpn)(const char *vpn, WhVpnChoice choice, GError **error, gpointer data);
    const WhVpnChoices *(*vpn_choices)(gpointer data);
    void (*notices)(const char *const **codes, const char *const **details, gpointer data);
    const GPtrArray *(*findings)(gpointer data);
    void (*diagnose)(WhControlDiagnosed done, gpointer done_data, gpointer data);
    const char *(*network)(gpointer data);
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
void wh_control_findings_changed(WhControl *control);
/* Another owner, or none; `former` is the principal of the one before (NULL: nobody). */
void wh_control_owner_changed(WhControl *control, const char *former);
/* The vault changed: who waits for the keyring may be answered. */
void wh_control_secrets_changed(WhControl *control);
void wh_control_event(WhControl *control, const WhEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhControl, wh_control_free)

G_END_DECLS
