/* A UPnP gateway on the loopback interface, in threads of its own: the router is 127.0.0.1 and this
 * computer 127.0.0.2. What it answers may be changed at any time. */
#pragma once

#include "service/gateway/gateway_route.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TEST_IGD_SELF "127.0.0.2"
#define TEST_IGD_ROUTER "127.0.0.1"
#define TEST_IGD_SID "uuid:0c5f2d7c-1111-2222-3333-444455556666"

/* What it answers. Texts belong to the test, and NULL is the usual one. location: in answers to
 * searches. redirect: of the description. description: instead of the usual one, description_size
 * bytes of it, 0: all. address, status: in answers of services; of the second service, where the
 * description has two: second_address. fault: services refuse everything. refuse_events: the status
 * that subscriptions get, 0: they are granted. refuse_renewals: likewise. granted: for how long.
 * sid: its name. early: the first event comes before the subscription is answered. mappings: lead
 * to this computer, and as many lead elsewhere. deaf: searches are not answered. strangers: that
 * many answers come from another computer, which lead to this router. */
typedef struct {
    const char *location;
    const char *redirect;
    const char *description;
    gsize description_size;
    const char *address;
    const char *second_address;
    const char *status;
    gboolean fault;
    guint refuse_events;
    guint refuse_renewals;
    const char *granted;
    const char *sid;
    gboolean early;
    guint mappings;
    gboolean deaf;
    guint strangers;
} TestIgdManners;

/* How often it was asked; strangers: how many answers they have sent. */
typedef struct {
    guint searches;
    guint strangers;
    guint descriptions;
    guint addresses;
    guint statuses;
    guint entries;
    guint subscriptions;
    guint renewals;
    guint cancellations;
} TestIgdCounts;

typedef struct TestIgd TestIgd;

TestIgd *test_igd_new(void);
void test_igd_free(TestIgd *igd);

void test_igd_behave(TestIgd *igd, const TestIgdManners *manners);
TestIgdCounts test_igd_counts(TestIgd *igd);

/* The port of searches, and that of everything else. */
guint16 test_igd_search_port(TestIgd *igd);
guint16 test_igd_port(TestIgd *igd);

/* Everything else moves to another port. */
void test_igd_move(TestIgd *igd);

/* The usual description, with two services if `two`. The caller frees it. */
char *test_igd_description(const char *control, const char *events, gboolean two);

/* Where events go, as the last subscription said, or NULL. The caller frees it. */
char *test_igd_callback(TestIgd *igd);

WhGatewayRoute test_igd_route(void);

/* Turns the main loop until `is_so` says yes; fails the test when it never does. */
void test_igd_wait(gboolean (*is_so)(gpointer data), gpointer data);

/* A connection to `url`, whose path is not used, from `from`, over which `bytes` are sent, as many
 * as the system takes at once. */
GSocket *test_igd_knock(const char *url, const char *from, const char *bytes, gsize length);

/* The head of an event for the callback `url`. The caller frees it. */
char *test_igd_event(const char *url, const char *sid);

/* Turns the main loop until the other side has closed. The status that it answered, 0 for none. */
guint test_igd_hear_out(GSocket *socket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TestIgd, test_igd_free)

G_END_DECLS
