/* A session bus of the test's own, on which it plays a desktop's panel. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhTestPanel WhTestPanel;

/* Starts a bus, points this process to it as the session bus; no watcher is on it yet. NULL without
 * a dbus-daemon. */
WhTestPanel *wh_test_panel_new(void);
void wh_test_panel_free(WhTestPanel *panel);

/* The watcher comes to the bus or leaves it; what was registered is forgotten. */
void wh_test_panel_set_present(WhTestPanel *panel, gboolean present);

/* How many hosts show icons, 1 at first; the signal tells of each change when `signalled`, the
 * change of the property otherwise. */
void wh_test_panel_set_hosts(WhTestPanel *panel, guint hosts, gboolean signalled);

/* From now on items are refused. */
void wh_test_panel_set_refusing(WhTestPanel *panel);

/* What items called themselves, in the order they came. */
const GPtrArray *wh_test_panel_registrations(WhTestPanel *panel);

/* Owns a name that is not the panel's. */
void wh_test_panel_own_name(WhTestPanel *panel, const char *name);

/* Calls the item's process, at its path and its menu's, and waits; floating references are taken.
 * NULL with `error` when it answers so. */
GVariant *wh_test_panel_call_item(WhTestPanel *panel, const char *interface, const char *method,
                                  GVariant *parameters, GError **error);
GVariant *wh_test_panel_call_menu(WhTestPanel *panel, const char *method, GVariant *parameters,
                                  GError **error);
GVariant *wh_test_panel_property(WhTestPanel *panel, const char *name);

/* The same without waiting. */
void wh_test_panel_send_item(WhTestPanel *panel, const char *method, GVariant *parameters);
void wh_test_panel_send_menu(WhTestPanel *panel, const char *method, GVariant *parameters);

/* Signals of the item and its menu since the start, as "NewIcon" or "LayoutUpdated (uint32 2, 0)".
 */
const GPtrArray *wh_test_panel_signals(WhTestPanel *panel);

G_END_DECLS
