/* Providers over net objects on a fake clock, with one account whose update a test puts together.
 */
#pragma once

#include "service/providers/providers.h"
#include "tests/support/fake_clock.h"

G_BEGIN_DECLS

/* A name that the world's resolver knows: it leads to 127.0.0.8, and then to 127.0.0.1. */
#define TEST_TWO_ADDRESSES "two.example"
#define TEST_SILENT_ADDRESS "127.0.0.8"

/* outcomes: copies, of the last report. calls: how many reports came. */
typedef struct {
    WhFakeClock *fake;
    WhHttp *http;
    WhDnsClient *dns;
    WhResolver *resolver;
    WhProviders *providers;
    WhAccount *account;
    GHashTable *secrets;
    GArray *items;
    GPtrArray *outcomes;
    guint calls;
    gint64 sent;
    gint64 answered;
} TestWorld;

/* For g_test_add(); data NULL: on a fake clock, else on the real one (fake is NULL then). Tear-down
 * also checks that no timer of a fake clock is left. */
void test_world_set_up(TestWorld *world, gconstpointer data);
void test_world_tear_down(TestWorld *world, gconstpointer data);

/* Starts over with an account of another provider, without fields, secrets and hosts. */
void test_world_account(TestWorld *world, const char *provider);
void test_world_field(TestWorld *world, const char *name, const char *text);
void test_world_secret(TestWorld *world, const char *name, const char *text);

/* Adds a host with the addresses that are not NULL. */
WhHost *test_world_host(TestWorld *world, const char *name, const char *ipv4, const char *ipv6);

/* Sends the update of all hosts. */
guint64 test_world_send(TestWorld *world);

/* Turns the main loop until the report is there. */
void test_world_wait(TestWorld *world);

/* The outcome of one host: its class, and whether its detail holds `part` (NULL: any). */
void test_world_expect(TestWorld *world, guint host, WhResultClass result, const char *part);

/* A folder that goes with test_world_remove_folder(); the caller frees the name. */
char *test_world_folder(void);
void test_world_write(const char *folder, const char *name, const char *text);
void test_world_remove_folder(const char *folder);

G_END_DECLS
