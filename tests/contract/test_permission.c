#include "tests/contract/helper.h"
#include "tests/contract/permission_adapter.h"

typedef struct {
    WhPermission *permission;
    WhPeer peer;
    guint count;
    WhPermissionAnswer last;
    gboolean free_inside;
} Fixture;

static void answered(WhPermissionAnswer answer, gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    fixture->last = answer;
    if (fixture->free_inside)
        g_clear_pointer(&fixture->permission, wh_permission_free);
}

static gboolean start(Fixture *fixture)
{
    *fixture = (Fixture){0};
    if (!wh_adapter_begin()) {
        g_test_skip("There is no dbus-daemon to play the system bus");
        return FALSE;
    }
    wh_adapter_peer(&fixture->peer);
    fixture->permission = wh_permission_new();
    return TRUE;
}

static void stop(Fixture *fixture)
{
    wh_permission_free(fixture->permission);
    wh_adapter_end();
}

static void expect(Fixture *fixture, WhPermissionAction action, gboolean interactive,
                   WhPermissionAnswer expected)
{
    guint before = fixture->count;
    guint number = wh_permission_ask(fixture->permission, &fixture->peer, action, interactive,
                                     answered, fixture);

    g_assert_cmpuint(number, !=, 0);
    g_assert_cmpuint(fixture->count, ==, before);
    wh_helper_for_count(&fixture->count, before + 1);
    wh_helper_settle();
    g_assert_cmpuint(fixture->count, ==, before + 1);
    g_assert_cmpint(fixture->last, ==, expected);
}

static void expect_session(Fixture *fixture, gboolean expected)
{
    guint before = fixture->count;

    g_assert_cmpuint(
        wh_permission_ask_session(fixture->permission, &fixture->peer, answered, fixture), !=, 0);
    g_assert_cmpuint(fixture->count, ==, before);
    wh_helper_for_count(&fixture->count, before + 1);
    g_assert_cmpint(fixture->last, ==, expected ? WH_PERMISSION_YES : WH_PERMISSION_NO);
}

/* FALSE: nobody can answer so here. */
static gboolean let(Fixture *fixture, WhPermissionAction action, WhPermissionAnswer answer)
{
    gboolean possible = wh_adapter_set_answer(action, answer);

    wh_adapter_peer(&fixture->peer);
    return possible;
}

static void sign_in(Fixture *fixture, gboolean signed_in)
{
    wh_adapter_set_session(signed_in);
    wh_adapter_peer(&fixture->peer);
}

static gboolean hold_back(Fixture *fixture)
{
    if (wh_adapter_set_silent(TRUE))
        return TRUE;
    g_test_skip("Answers cannot be held back here");
    return FALSE;
}

static void check_answer(Fixture *fixture, WhPermissionAction action, WhPermissionAnswer answer)
{
    WhPermissionAction other =
        action == WH_PERMISSION_MANAGE ? WH_PERMISSION_CLAIM : WH_PERMISSION_MANAGE;

    if (!let(fixture, action, answer))
        return;
    g_assert_true(let(fixture, other, WH_PERMISSION_NO));
    expect(fixture, action, FALSE, answer);
    expect(fixture, other, FALSE, WH_PERMISSION_NO);
}

static void test_answers(void)
{
    static const WhPermissionAnswer answers[] = {WH_PERMISSION_YES, WH_PERMISSION_NO,
                                                 WH_PERMISSION_CHALLENGE};
    Fixture fixture;

    if (!start(&fixture))
        return;
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
        check_answer(&fixture, WH_PERMISSION_MANAGE, answers[i]);
        check_answer(&fixture, WH_PERMISSION_CLAIM, answers[i]);
    }
    stop(&fixture);
}

static void test_password(void)
{
    static const WhPermissionAnswer answers[] = {WH_PERMISSION_YES, WH_PERMISSION_NO,
                                                 WH_PERMISSION_CHALLENGE};
    Fixture fixture;

    if (!start(&fixture))
        return;
    if (!let(&fixture, WH_PERMISSION_MANAGE, WH_PERMISSION_CHALLENGE)) {
        g_test_skip("Nobody is asked for a password here");
        stop(&fixture);
        return;
    }
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
        wh_adapter_set_password(answers[i]);
        expect(&fixture, WH_PERMISSION_MANAGE, TRUE, answers[i]);
        expect(&fixture, WH_PERMISSION_MANAGE, FALSE, WH_PERMISSION_CHALLENGE);
    }
    stop(&fixture);
}

static void test_session(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    expect_session(&fixture, FALSE);
    sign_in(&fixture, TRUE);
    expect_session(&fixture, TRUE);
    sign_in(&fixture, FALSE);
    expect_session(&fixture, FALSE);
    stop(&fixture);
}

/* Whose process or user is not known is let do nothing, whatever would be said about others. */
static void test_not_known(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    wh_adapter_set_answer(WH_PERMISSION_CLAIM, WH_PERMISSION_YES);
    wh_adapter_set_session(TRUE);
    wh_adapter_peer(&fixture.peer);
    if (wh_adapter_needs_process()) {
        fixture.peer.started = 0;
        expect(&fixture, WH_PERMISSION_MANAGE, TRUE, WH_PERMISSION_NO);
        wh_adapter_peer(&fixture.peer);
    }
    fixture.peer.known = FALSE;
    expect(&fixture, WH_PERMISSION_MANAGE, TRUE, WH_PERMISSION_NO);
    expect(&fixture, WH_PERMISSION_CLAIM, TRUE, WH_PERMISSION_NO);
    expect_session(&fixture, FALSE);
    stop(&fixture);
}

static gboolean is_asked(gpointer data)
{
    return wh_adapter_asked() >= GPOINTER_TO_UINT(data);
}

static gboolean nobody_waits(gpointer data)
{
    return wh_adapter_waiting() == 0;
}

static guint ask(Fixture *fixture)
{
    return wh_permission_ask(fixture->permission, &fixture->peer, WH_PERMISSION_MANAGE, TRUE,
                             answered, fixture);
}

static void test_several(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    if (!hold_back(&fixture)) {
        stop(&fixture);
        return;
    }
    for (guint i = 0; i < 5; i++)
        ask(&fixture);
    wh_helper_until(is_asked, GUINT_TO_POINTER(5));
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    wh_adapter_set_silent(FALSE);
    wh_helper_for_count(&fixture.count, 5);
    stop(&fixture);
}

/* The question is taken back where it waits, and the others are not. */
static void test_cancel(void)
{
    Fixture fixture;
    guint first, second;

    if (!start(&fixture))
        return;
    wh_adapter_set_answer(WH_PERMISSION_MANAGE, WH_PERMISSION_YES);
    if (!hold_back(&fixture)) {
        stop(&fixture);
        return;
    }
    first = ask(&fixture);
    second = ask(&fixture);
    g_assert_cmpuint(first, !=, second);
    wh_helper_until(is_asked, GUINT_TO_POINTER(2));
    wh_permission_cancel(fixture.permission, first);
    wh_permission_cancel(fixture.permission, first);
    wh_adapter_set_silent(FALSE);
    wh_helper_for_count(&fixture.count, 1);
    wh_helper_until(nobody_waits, NULL);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 1);
    wh_permission_cancel(fixture.permission, second);
    stop(&fixture);
}

/* Cancelled before anybody could be asked. */
static void test_cancel_at_once(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    g_assert_true(let(&fixture, WH_PERMISSION_CLAIM, WH_PERMISSION_YES));
    wh_permission_cancel(fixture.permission, ask(&fixture));
    expect(&fixture, WH_PERMISSION_CLAIM, FALSE, WH_PERMISSION_YES);
    stop(&fixture);
}

static void test_silent_after_free(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    if (!hold_back(&fixture)) {
        stop(&fixture);
        return;
    }
    ask(&fixture);
    wh_helper_until(is_asked, GUINT_TO_POINTER(1));
    ask(&fixture);
    g_clear_pointer(&fixture.permission, wh_permission_free);
    wh_adapter_set_silent(FALSE);
    wh_helper_until(nobody_waits, NULL);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    stop(&fixture);
}

static void test_free_while_connecting(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    ask(&fixture);
    g_clear_pointer(&fixture.permission, wh_permission_free);
    wh_helper_settle();
    g_assert_cmpuint(fixture.count, ==, 0);
    stop(&fixture);
}

static void test_free_inside_callback(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    fixture.free_inside = TRUE;
    ask(&fixture);
    ask(&fixture);
    wh_helper_for_count(&fixture.count, 1);
    wh_helper_settle();
    g_assert_null(fixture.permission);
    g_assert_cmpuint(fixture.count, ==, 1);
    stop(&fixture);
}

static void test_nobody(void)
{
    Fixture fixture;

    if (!start(&fixture))
        return;
    if (wh_adapter_nobody()) {
        expect(&fixture, WH_PERMISSION_MANAGE, FALSE, WH_PERMISSION_NO);
        expect(&fixture, WH_PERMISSION_CLAIM, TRUE, WH_PERMISSION_NO);
        expect_session(&fixture, FALSE);
        fixture.free_inside = TRUE;
        ask(&fixture);
        ask(&fixture);
        fixture.count = 0;
        wh_helper_for_count(&fixture.count, 1);
    }
    stop(&fixture);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/permission/answers", test_answers);
    g_test_add_func("/permission/password", test_password);
    g_test_add_func("/permission/session", test_session);
    g_test_add_func("/permission/not-known", test_not_known);
    g_test_add_func("/permission/several", test_several);
    g_test_add_func("/permission/cancel", test_cancel);
    g_test_add_func("/permission/cancel-at-once", test_cancel_at_once);
    g_test_add_func("/permission/silent-after-free", test_silent_after_free);
    g_test_add_func("/permission/free-while-connecting", test_free_while_connecting);
    g_test_add_func("/permission/free-inside-callback", test_free_inside_callback);
    g_test_add_func("/permission/nobody", test_nobody);
    wh_adapter_add_tests();
    return g_test_run();
}
