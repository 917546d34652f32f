/* The status window at a service with canned answers, and hands and eyes for it. */
#pragma once

#include "app/window/window.h"
#include "tests/unit/test_model_world.h"

G_BEGIN_DECLS

typedef struct {
    World world;
    WhWindow *window;
} WindowWorld;

/* state as in world_set_up(). The window is shown. */
void window_world_set_up(WindowWorld *w, const char *state);
void window_world_tear_down(WindowWorld *w);

/* A state with these hosts (JSON elements) and one account, a1. */
char *window_world_state(const char *service, const char *hosts);

/* The form over the window, or NULL. */
GtkWidget *window_world_dialog(WindowWorld *w);

/* The visible widget of this type below `root` whose accessible name or label is `name`, or NULL.
 */
GtkWidget *window_world_find(gpointer root, GType type, const char *name);

/* Is this text in a visible label below `root`? */
gboolean window_world_says(gpointer root, const char *text);

/* The visible label below `root` with this text in it, or NULL. */
GtkWidget *window_world_label(gpointer root, const char *text);

/* Until the window of `root` has been drawn anew. */
void window_world_settle(gpointer root);

/* Turns the main loop until `root` says it; the test fails when it never does. */
void window_world_until_says(gpointer root, const char *text);

/* Until the service was asked for `method`; its parameters, borrowed. */
json_t *window_world_until_called(WindowWorld *w, const char *method);

/* Until the form over the window is gone. */
void window_world_until_closed(WindowWorld *w);

/* Presses the button with this name below `root`. */
void window_world_press(gpointer root, const char *name);

/* Types into the entry whose label is `name`. */
void window_world_type(gpointer root, const char *name, const char *text);

/* Fails when something below `root` that takes the focus has no name to be said. */
void window_world_assert_names(gpointer root);

G_END_DECLS
