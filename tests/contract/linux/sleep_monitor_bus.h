/* A message bus of the test's own, on which it plays logind. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhTestBus WhTestBus;

/* Starts a bus at `path` and points this process to it as the system bus; NULL without a
 * dbus-daemon. */
WhTestBus *wh_test_bus_new(const char *path);
void wh_test_bus_free(WhTestBus *bus);

/* The connection of whoever owns logind's name, for a test that answers questions on it. */
GDBusConnection *wh_test_bus_logind(WhTestBus *bus);

/* logind's PrepareForSleep, sent by the owner of its name or by a stranger. */
void wh_test_bus_signal(WhTestBus *bus, gboolean begins, gboolean as_stranger);

/* Returns when the bus has passed on every signal sent so far. */
void wh_test_bus_settle(WhTestBus *bus);

G_END_DECLS
