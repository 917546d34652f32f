/* What the two halves of the service share: service.c builds it, events.c hands events on. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/clock_watch.h"
#include "platform/service_host.h"
#include "platform/sleep_monitor.h"
#include "service/control/control.h"
#include "service/detect/vpn_choices.h"
#include "service/net/authority.h"
#include "service/wiring/chronicle.h"
#include "service/wiring/doctor.h"
#include "service/wiring/front_door.h"
#include "service/wiring/home_router.h"
#include "service/wiring/neighbourhood.h"
#include "service/wiring/notices.h"
#include "service/wiring/outlook.h"
#include "service/wiring/owner.h"
#include "service/wiring/rival.h"
#include "service/wiring/service.h"
#include "service/wiring/targets.h"
#include "service/wiring/whereabouts.h"

G_BEGIN_DECLS

struct WhService {
    WhClock *clock;
    WhPathsScope scope;
    char *config;
    WhServiceStopped stopped;
    gpointer stopped_data;

    WhServiceHost *host;
    WhNotices *notices;
    WhChronicle *chronicle;
    WhStore *store;
    WhVault *vault;

    WhHttp *http;
    WhDnsClient *dns;
    WhResolver *resolver;
    WhAuthority *authority;
    WhProviders *providers;

    WhPublisher *publisher;
    WhWitnesses *witnesses;
    WhTargets *targets;
    WhKeeper *keeper;
    WhAccounts *accounts;
    WhRival *rival; /* NULL: this is the service of the whole computer */

    WhAddressMonitor *monitor;
    WhOutlook *outlook;
    WhSleepMonitor *sleep;
    WhVpnChoices *vpn_choices;
    WhInterfaceReader *interfaces;
    WhOutsideAsker *outside;
    WhDetector *detector;
    WhHomeRouter *home_router;
    WhWhereabouts *whereabouts;
    WhNeighbourhood *neighbourhood;
    WhClockWatch *clock_watch;
    gboolean wanted[WH_N_FAMILIES];

    WhPermission *permission; /* NULL, as is the owner: this is a person's own service */
    WhOwner *owner;
    WhDoctor *doctor;
    WhControl *control;
    WhFrontDoor *door;

    GPtrArray *pending_events; /* WhEvent of the detector, not yet in the history */
    guint events_timer;
    guint settle_timer;
};

/* Reads the line, has the detector look, and the keeper when the line is another. */
void wh_events_look(WhService *service);

/* Looks again at everything that depends on the network; data is the service. */
void wh_events_look_again(gpointer data);

/* The platform says that this computer's addresses or ways out are others; data is the service. */
void wh_events_addresses_changed(gpointer data);

/* As wh_events_look_again(), after sleep. */
void wh_events_resumed(gpointer data);

/* Somebody set the wall clock. */
void wh_events_clock_set(gpointer data);

/* A verdict of the detector: to the keeper, the watchers and the history. */
void wh_events_verdict(const WhVerdict *verdict, gpointer data);

/* The listener of the record keeper. */
void wh_events_keeper_changed(const char *account, const char *host, gpointer data);
void wh_events_keeper_event(const WhEvent *event, gpointer data);

/* Takes `event` over and puts it into the history when the present turn of the main loop is done.
 */
void wh_events_remember(WhService *service, WhEvent *event);

/* Writes what still waits to be written. */
void wh_events_flush(WhService *service);

/* Brings what depends on the hosts up to date: which families are wanted, the service manager's
 * status. TRUE: a family is wanted that was not. */
gboolean wh_events_settle(WhService *service);

/* The same on the next turn, with a look at the network when a family is newly wanted. */
void wh_events_settle_soon(WhService *service);

/* vpn.c: what was decided for each VPN, from the store. */
void wh_vpn_restore(WhService *service);

/* Decides it for one, remembers it and looks again. FALSE: it holds, and is not remembered over a
 * restart. data is the service. */
gboolean wh_vpn_set(const char *vpn, WhVpnChoice choice, GError **error, gpointer data);

/* data is the service. */
const WhVpnChoices *wh_vpn_choices_of(gpointer data);

/* state.c: opens the store. FALSE: another process holds the state, or somebody else could have put
 * it there. Anything else leaves a store in memory and a notice. */
gboolean wh_state_open(WhService *service, const WhOptions *options, GError **error);

/* safe.c: the vault of this scope, with the person's word about files. */
void wh_safe_open(WhService *service, const WhOptions *options);

/* That word; FALSE: not all of it could be done. data is the service. */
gboolean wh_safe_allow_file(gboolean allowed, GError **error, gpointer data);

/* Whether secrets are kept for the time when nobody is signed in; likewise. */
gboolean wh_safe_keep_unattended(gboolean enabled, GError **error, gpointer data);

/* declared.c: reads the administrator's files of accounts and hosts; before the first detection. */
void wh_declared_load(WhService *service);

/* Reads them again, and always succeeds: what is wrong becomes a notice. data is the service. */
gboolean wh_declared_reload(GError **error, gpointer data);
void wh_declared_reload_now(gpointer data);

/* Says what names are added by hand and not used because a file declares them. */
void wh_declared_settle(WhService *service);

/* Says what is wrong with where secrets are. */
void wh_safe_settle(WhService *service);

/* Waits a short time for what is on its way to where it is kept. */
void wh_safe_finish(WhService *service);

G_END_DECLS
