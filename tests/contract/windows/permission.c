#include "platform/permission.h"

#include "tests/contract/helper.h"
#include "tests/contract/permission_adapter.h"

/* Somebody carries with them what they may. */
static WhPeer *somebody(void)
{
    static WhPeer peer;

    return &peer;
}

gboolean wh_adapter_begin(void)
{
    *somebody() = (WhPeer){
        .known = TRUE, .is_person = TRUE, .pid = 7, .principal = "sid:S-1-5-21-1-2-3-1001"};
    return TRUE;
}

void wh_adapter_end(void)
{
}

void wh_adapter_peer(WhPeer *peer)
{
    *peer = *somebody();
}

gboolean wh_adapter_set_answer(WhPermissionAction action, WhPermissionAnswer answer)
{
    if (answer == WH_PERMISSION_CHALLENGE)
        return FALSE;
    if (action == WH_PERMISSION_MANAGE)
        return answer == WH_PERMISSION_NO;
    somebody()->is_at_console = answer == WH_PERMISSION_YES;
    return TRUE;
}

void wh_adapter_set_password(WhPermissionAnswer answer)
{
}

void wh_adapter_set_session(gboolean signed_in)
{
    somebody()->is_signed_in = signed_in;
}

gboolean wh_adapter_needs_process(void)
{
    return FALSE;
}

gboolean wh_adapter_set_silent(gboolean silent)
{
    return FALSE;
}

guint wh_adapter_asked(void)
{
    return 0;
}

guint wh_adapter_waiting(void)
{
    return 0;
}

gboolean wh_adapter_nobody(void)
{
    return FALSE;
}

static void answered(WhPermissionAnswer answer, gpointer data)
{
    ++*(guint *)data;
}

static void test_cancel(void)
{
    WhPermission *permission = wh_permission_new();
    const WhPeer peer = {.known = TRUE};
    guint counts[3] = {0};
    guint numbers[3];

    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        numbers[i] = wh_permission_ask_session(permission, &peer, answered, &counts[i]);
    wh_permission_cancel(permission, numbers[1]);
    wh_permission_cancel(permission, numbers[1]);
    wh_helper_for_count(&counts[2], 1);
    g_assert_cmpuint(counts[0], ==, 1);
    g_assert_cmpuint(counts[1], ==, 0);
    numbers[0] = wh_permission_ask_session(permission, &peer, answered, &counts[0]);
    wh_permission_free(permission);
    wh_helper_settle();
    g_assert_cmpuint(counts[0], ==, 1);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/permission/windows/cancel", test_cancel);
}
