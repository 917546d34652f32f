/* What the two halves of the service share: service.c builds it, events.c hands events on. */
#pragma once

#include "platform/address_monitor.h"
#include "platform/service_host.h"
#include "platform/sleep_monitor.h"
#include "service/control/control.h"
#include "service/net/authority.h"
#include "service/wiring/chronicle.h"
#include "service/wiring/front_door.h"
#include "service/wiring/notices.h"
#include "service/wiring/owner.h"
#include "service/wiring/rival.h"
#include "service/wiring/service.h"

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
    WhKeeper *keeper;
    WhAccounts *accounts;
    WhRival *rival; /* NULL: this is the service of the whole computer */

    WhAddressMonitor *monitor;
    WhSleepMonitor *sleep;
    WhInterfaceReader *interfaces;
    WhOutsideAsker *outside;
    WhDetector *detector;
    gboolean wanted[WH_N_FAMILIES];

    WhPermission *permission; /* NULL, as is the owner: this is a person's own service */
    WhOwner *owner;
    WhControl *control;
    WhFrontDoor *door;

    GPtrArray *pending_events; /* WhEvent of the detector, not yet in the history */
    guint events_timer;
    guint settle_timer;
};

/* Looks again at everything that depends on the network; data is the service. */
void wh_events_look_again(gpointer data);

/* As wh_events_look_again(), after sleep. */
void wh_events_resumed(gpointer data);

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
