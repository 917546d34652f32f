/* polkit and logind, played by the test on a bus of its own. */
#pragma once

#include "platform/permission.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A session as logind tells of it. missing: it is listed, and gone when it is looked at. */
typedef struct {
    const char *class;
    const char *state;
    guint32 uid;
    gboolean missing;
} WhTestSession;

/* What was asked last, and how the next questions are answered. error: with one instead. */
typedef struct {
    GTestDBus *daemon;
    GDBusConnection *bus;
    guint authority; /* registrations */
    guint manager;
    WhPermissionAnswer answers[2];
    WhPermissionAnswer password;
    gboolean error;
    gboolean silent;
    GPtrArray *waiting; /* GDBusMethodInvocation */
    guint asked;
    guint cancelled;
    char *kind;
    guint32 pid;
    guint64 started;
    gint32 uid;
    char *action;
    guint32 flags;
    char *id;
    const WhTestSession *sessions;
    guint n_sessions;
    GArray *objects; /* guint: registrations of sessions */
} WhTestDouble;

/* Starts a bus, points this process to it as the system bus, and takes both names; NULL without a
 * dbus-daemon. */
WhTestDouble *wh_test_double_new(void);
void wh_test_double_free(WhTestDouble *self);

/* Answers what waits, as it is to be answered now. */
void wh_test_double_answer(WhTestDouble *self);

/* Exactly these sessions are there; borrowed. */
void wh_test_double_set_sessions(WhTestDouble *self, const WhTestSession *sessions, guint count);

/* Nobody has this name any more. */
void wh_test_double_release(WhTestDouble *self, const char *name);

/* How many are on the bus. */
guint wh_test_double_count(WhTestDouble *self);

G_END_DECLS
