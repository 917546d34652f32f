/* Waiting for a condition without a sleep, and a folder to play in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef gboolean (*WhHelperFunc)(gpointer data);

/* Turns the main loop until `done` says TRUE; aborts the test when that takes far too long. */
void wh_helper_until(WhHelperFunc done, gpointer data);

/* wh_helper_until() for a counter that a callback increments. */
void wh_helper_for_count(const guint *counter, guint at_least);

/* Turns the main loop until it has nothing left to do. */
void wh_helper_settle(void);

/* Asserts that both hold the same bytes. */
void wh_helper_assert_bytes(gconstpointer found, gsize found_length, gconstpointer expected,
                            gsize expected_length);

/* Makes an empty folder for one test; wh_helper_folder_remove() removes it with all in it,
 * following no link, and frees `path`. */
char *wh_helper_folder_new(void);
void wh_helper_folder_remove(char *path);

G_END_DECLS
