#include "platform/permission.h"

#include "platform/linux/peer.h"
#include "platform/linux/permission_private.h"
#include "platform/linux/process.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/permission_double.h"
#include "tests/contract/permission_adapter.h"

#include <unistd.h>

static WhTestDouble **world(void)
{
    static WhTestDouble *the_world;

    return &the_world;
}

gboolean wh_adapter_begin(void)
{
    *world() = wh_test_double_new();
    return *world() != NULL;
}

void wh_adapter_end(void)
{
    wh_helper_settle();
    g_clear_pointer(world(), wh_test_double_free);
}

void wh_adapter_peer(WhPeer *peer)
{
    wh_peer_from_credentials(getpid(), geteuid(), 65534, peer);
    g_assert_cmpuint(peer->started, >, 0);
}

gboolean wh_adapter_set_answer(WhPermissionAction action, WhPermissionAnswer answer)
{
    (*world())->answers[action] = answer;
    return TRUE;
}

void wh_adapter_set_password(WhPermissionAnswer answer)
{
    (*world())->password = answer;
}

void wh_adapter_set_session(gboolean signed_in)
{
    static WhTestSession session = {"user", "online", 0, FALSE};

    session.uid = geteuid();
    wh_test_double_set_sessions(*world(), &session, signed_in ? 1 : 0);
}

gboolean wh_adapter_set_silent(gboolean silent)
{
    (*world())->silent = silent;
    if (!silent)
        wh_test_double_answer(*world());
    return TRUE;
}

gboolean wh_adapter_needs_process(void)
{
    return TRUE;
}

guint wh_adapter_asked(void)
{
    return (*world())->asked;
}

guint wh_adapter_waiting(void)
{
    return (*world())->waiting->len;
}

gboolean wh_adapter_nobody(void)
{
    g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
    return TRUE;
}

typedef struct {
    WhPermission *permission;
    WhPeer peer;
    guint count;
    WhPermissionAnswer last;
} Fixture;

static void answered(WhPermissionAnswer answer, gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    fixture->last = answer;
}

static gboolean start(Fixture *fixture)
{
    *fixture = (Fixture){0};
    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the system bus");
        return FALSE;
    }
    wh_adapter_peer(&fixture->peer);
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    fixture->permission = wh_permission_new();
    return TRUE;
}

static void stop(Fixture *fixture)
{
    wh_permission_free(fixture->permission);
    wh_adapter_end();
}

static WhPermissionAnswer ask(Fixture *fixture, gboolean interactive)
{
    guint before = fixture->count;

    wh_permission_ask(fixture->permission, &fixture->peer, WH_PERMISSION_MANAGE, interactive,
                      answered, fixture);
    wh_helper_for_count(&fixture->count, before + 1);
    return fixture->last;
}

static gboolean has_session(Fixture *fixture)
{
    guint before = fixture->count;

    wh_permission_ask_session(fixture->permission, &fixture->peer, answered, fixture);
    wh_helper_for_count(&fixture->count, before + 1);
    return fixture->last == WH_PERMISSION_YES;
}

/* What polkit is told about who asks and for what. */
static void test_question(void)
{
    Fixture fixture;
    g_autofree char *first = NULL;

    if (!start(&fixture))
        return;
    ask(&fixture, FALSE);
    g_assert_cmpstr((*world())->kind, ==, "unix-process");
    g_assert_cmpuint((*world())->pid, ==, (guint32)getpid());
    g_assert_cmpuint((*world())->started, ==, fixture.peer.started);
    g_assert_cmpint((*world())->uid, ==, (gint32)geteuid());
    g_assert_cmpstr((*world())->action, ==, "org.wayhome.manage");
    g_assert_cmpuint((*world())->flags, ==, 0);
    first = g_strdup((*world())->id);
    ask(&fixture, TRUE);
    g_assert_cmpuint((*world())->flags, ==, 1);
    g_assert_cmpstr((*world())->id, !=, first);
    wh_permission_ask(fixture.permission, &fixture.peer, WH_PERMISSION_CLAIM, FALSE, answered,
                      &fixture);
    wh_helper_for_count(&fixture.count, 3);
    g_assert_cmpstr((*world())->action, ==, "org.wayhome.claim");
    stop(&fixture);
}

/* Nobody is connected to before there is a question. */
static void test_connects_when_asked(void)
{
    Fixture fixture;
    guint before;

    if (!start(&fixture))
        return;
    wh_helper_settle();
    before = wh_test_double_count(*world());
    ask(&fixture, FALSE);
    ask(&fixture, FALSE);
    g_assert_cmpuint(wh_test_double_count(*world()), ==, before + 1);
    stop(&fixture);
}

/* The number of a process that ended means another one now. */
static void test_another_process(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    fixture.peer.started++;
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    g_assert_cmpint(ask(&fixture, TRUE), ==, WH_PERMISSION_NO);
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE);
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    stop(&fixture);
}

/* A machine has to answer soon; a person may take their time. */
static void test_patience(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_permission_set_patience(fixture.permission, 20);
    wh_adapter_set_silent(TRUE);
    wh_permission_ask(fixture.permission, &fixture.peer, WH_PERMISSION_MANAGE, TRUE, answered,
                      &fixture);
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    wh_helper_for_count(&(*world())->cancelled, 1);
    g_assert_cmpuint(fixture.count, ==, 1);
    g_assert_cmpuint(wh_adapter_waiting(), ==, 1);
    wh_adapter_set_silent(FALSE);
    wh_helper_for_count(&fixture.count, 2);
    g_assert_cmpint(fixture.last, ==, WH_PERMISSION_YES);
    stop(&fixture);
}

static void test_polkit_refuses_to_answer(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    (*world())->error = TRUE;
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    g_assert_cmpint(ask(&fixture, TRUE), ==, WH_PERMISSION_NO);
    wh_test_double_release(*world(), "org.freedesktop.PolicyKit1");
    (*world())->error = FALSE;
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    g_assert_cmpint(ask(&fixture, TRUE), ==, WH_PERMISSION_NO);
    stop(&fixture);
}

static gboolean is_asked(gpointer data)
{
    return wh_adapter_asked() > 0;
}

/* The bus goes away while a password is asked for, and comes back. */
static void test_bus_dies_and_returns(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_adapter_set_silent(TRUE);
    wh_permission_ask(fixture.permission, &fixture.peer, WH_PERMISSION_MANAGE, TRUE, answered,
                      &fixture);
    wh_helper_until(is_asked, NULL);
    g_clear_pointer(world(), wh_test_double_free);
    wh_helper_for_count(&fixture.count, 1);
    g_assert_cmpint(fixture.last, ==, WH_PERMISSION_NO);
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_NO);
    g_assert_true(wh_adapter_begin());
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    g_assert_cmpint(ask(&fixture, FALSE), ==, WH_PERMISSION_YES);
    stop(&fixture);
}

/* Only a person's own session that goes on is one. */
static void test_sessions(void)
{
    const guint32 me = geteuid();
    const struct {
        WhTestSession session;
        gboolean counts;
    } cases[] = {
        {{"user", "online", me, FALSE}, TRUE},
        {{"user", "active", me, FALSE}, TRUE},
        {{"user", "closing", me, FALSE}, FALSE},
        {{"user", "opening", me, FALSE}, FALSE},
        {{"user", "active", me, TRUE}, FALSE},
        {{"user", "active", me + 1, FALSE}, FALSE},
        {{"greeter", "active", me, FALSE}, FALSE},
        {{"lock-screen", "active", me, FALSE}, FALSE},
        {{"background", "active", me, FALSE}, FALSE},
        {{"manager", "active", me, FALSE}, FALSE},
        {{"user-incomplete", "active", me, FALSE}, FALSE},
    };
    const WhTestSession several[] = {{"user", "active", me + 1, FALSE},
                                     {"user", "active", me, TRUE},
                                     {"greeter", "active", me, FALSE},
                                     {"user", "closing", me, FALSE},
                                     {"user", "online", me, FALSE}};
    Fixture fixture;

    if (!start(&fixture))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        wh_test_double_set_sessions(*world(), &cases[i].session, 1);
        g_assert_true(has_session(&fixture) == cases[i].counts);
    }
    wh_test_double_set_sessions(*world(), several, G_N_ELEMENTS(several));
    g_assert_true(has_session(&fixture));
    wh_test_double_release(*world(), "org.freedesktop.login1");
    g_assert_false(has_session(&fixture));
    wh_test_double_set_sessions(*world(), NULL, 0);
    stop(&fixture);
}

/* The program's name is its user's choice. */
static void test_process(void)
{
    static const struct {
        const char *stat;
        guint64 started;
    } cases[] = {
        {"7 (sh) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", 22},
        {"7 (a) S 1 (b) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", 22},
        {"7 () S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 184467440737095516150 23", 0},
        {"7 (sh) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 -2 23", 0},
        {"7 (sh) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21  23", 0},
        {"7 (sh) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22", 0},
        {"7 (sh) S 4 5", 0},
        {"7 (sh)", 0},
        {"7 sh S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", 0},
        {"", 0},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpuint(wh_process_started_from(cases[i].stat), ==, cases[i].started);
    g_assert_cmpuint(wh_process_started(getpid(), geteuid()), >, 0);
    g_assert_cmpuint(wh_process_started(getpid(), geteuid()), ==,
                     wh_process_started(getpid(), geteuid()));
    g_assert_cmpuint(wh_process_started(0, geteuid()), ==, 0);
    g_assert_cmpuint(wh_process_started(G_MAXINT32, geteuid()), ==, 0);
}

/* Whose number is another's by now is not taken for them, not even where that is root's: it would
 * lend its session to who ended. */
static void test_process_of_another(void)
{
    static const char status[] = "Name:\ta\\nUid:\t7\t7\t7\t7\nUmask:\t0022\nPPid:\t1000\n"
                                 "Uid:\t1000\t0\t0\t0\nGid:\t1001\t1001\t1001\t1001\n";

    g_assert_true(wh_process_is_of(status, 1000));
    g_assert_true(wh_process_is_of(status, 0));
    g_assert_false(wh_process_is_of(status, 7));
    g_assert_false(wh_process_is_of(status, 1001));
    g_assert_false(wh_process_is_of(status, 100));
    g_assert_false(wh_process_is_of("Name:\tsh\n", 0));
    g_assert_false(wh_process_is_of("\nUid:\t", 0));
    g_assert_false(wh_process_is_of("", 0));

    g_assert_cmpuint(wh_process_started(1, 0), >, 0);
    g_assert_cmpuint(wh_process_started(1, 1000), ==, 0);
    g_assert_cmpuint(wh_process_started(getpid(), geteuid() + 1), ==, 0);
}

static void test_persons(void)
{
    static const struct {
        guint32 uid;
        gboolean person;
    } cases[] = {{0, FALSE},          {33, FALSE},    {999, FALSE},   {1000, TRUE},
                 {60000, TRUE},       {61183, TRUE},  {61184, FALSE}, {65533, FALSE},
                 {65534, FALSE},      {65535, FALSE}, {65536, TRUE},  {1234567890, TRUE},
                 {G_MAXUINT32, FALSE}};
    WhPeer peer;

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        wh_peer_from_credentials(getpid(), cases[i].uid, 65534, &peer);
        g_assert_true(peer.is_person == cases[i].person);
    }
    wh_peer_from_credentials(getpid(), 4242, 4242, &peer);
    g_assert_false(peer.is_person || peer.known);
    wh_peer_from_credentials(G_MAXINT32, 1000, 65534, &peer);
    g_assert_cmpuint(peer.started, ==, 0);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/permission/linux/question", test_question);
    g_test_add_func("/permission/linux/connects-when-asked", test_connects_when_asked);
    g_test_add_func("/permission/linux/another-process", test_another_process);
    g_test_add_func("/permission/linux/patience", test_patience);
    g_test_add_func("/permission/linux/polkit-refuses-to-answer", test_polkit_refuses_to_answer);
    g_test_add_func("/permission/linux/bus-dies-and-returns", test_bus_dies_and_returns);
    g_test_add_func("/permission/linux/sessions", test_sessions);
    g_test_add_func("/permission/linux/process", test_process);
    g_test_add_func("/permission/linux/process-of-another", test_process_of_another);
    g_test_add_func("/permission/linux/persons", test_persons);
}
