/* A Secret Service that misbehaves, on the session bus that the environment names. It has one
 * default collection, whose items are in memory, takes secrets unencrypted only, and runs in the
 * main loop of the test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhTestMock WhTestMock;

/* What it does wrong, and how often it was called; for tests to change and read. locked: its
 * collection says so, whatever is unlocked. hangs: nothing is answered. chatty: tells of a change
 * with each search. read_error, create_error: names of D-Bus errors for what is said of items and
 * for new ones. */
typedef struct {
    gboolean locked;
    gboolean hangs;
    gboolean chatty;
    const char *alias_error;
    const char *read_error;
    const char *create_error;
    const char *delete_error;
    const char *words;
    guint looks;
    guint reads;
    guint unlocks;
} WhTestMockWays;

WhTestMock *wh_test_mock_new(void);
void wh_test_mock_free(WhTestMock *mock);
WhTestMockWays *wh_test_mock_ways(WhTestMock *mock);

/* Puts an item there; a locked one stays so for ever. */
void wh_test_mock_plant(WhTestMock *mock, const char *key, const char *text, gboolean locked);

/* How many items have that key. */
guint wh_test_mock_count(WhTestMock *mock, const char *key);

/* Tells that something changed. */
void wh_test_mock_signal(WhTestMock *mock);

/* Answers everything that was not answered. */
void wh_test_mock_go_on(WhTestMock *mock);

G_END_DECLS
