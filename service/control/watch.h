/* Tells watchers what changed, once a turn of the main loop. */
#pragma once

#include "service/control/invocation.h"

G_BEGIN_DECLS

typedef struct WhWatch WhWatch;

/* `rooms` must outlive it. */
WhWatch *wh_watch_new(const WhControlRooms *rooms);
void wh_watch_free(WhWatch *watch);

/* Sends the full state and keeps the invocation for what comes. */
void wh_watch_add(WhWatch *watch, WhInvocation *invocation);

/* Forgets it; does not free it. */
void wh_watch_remove(WhWatch *watch, WhInvocation *invocation);

/* Something is another now. host NULL: the account and all its hosts. Without watchers these cost
 * nothing. */
void wh_watch_host_changed(WhWatch *watch, const char *account, const char *host);
void wh_watch_account_changed(WhWatch *watch, const char *account);
void wh_watch_verdict_changed(WhWatch *watch, WhFamily family);
void wh_watch_service_changed(WhWatch *watch);
void wh_watch_findings_changed(WhWatch *watch);

/* Who may see what is another now. */
void wh_watch_everything_changed(WhWatch *watch);

/* Something was added or removed; what, is found out. */
void wh_watch_lists_changed(WhWatch *watch);
void wh_watch_event(WhWatch *watch, const WhEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhWatch, wh_watch_free)

G_END_DECLS
