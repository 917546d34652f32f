#include "platform/permission.h"

#include "platform/fake/fake.h"
#include "platform/fake/permission_fake.h"
#include "tests/contract/permission_adapter.h"

static const WhPeer somebody = {
    .known = TRUE, .is_person = TRUE, .pid = 7, .started = 1, .principal = "uid:1000"};

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

void wh_adapter_peer(WhPeer *peer)
{
    *peer = somebody;
}

gboolean wh_adapter_set_answer(WhPermissionAction action, WhPermissionAnswer answer)
{
    wh_fake_permission_set_answer(action, answer);
    return TRUE;
}

void wh_adapter_set_password(WhPermissionAnswer answer)
{
    wh_fake_permission_set_password(answer);
}

void wh_adapter_set_session(gboolean signed_in)
{
    wh_fake_permission_set_session(somebody.principal, signed_in);
}

gboolean wh_adapter_set_silent(gboolean silent)
{
    wh_fake_permission_set_silent(silent);
    return TRUE;
}

gboolean wh_adapter_needs_process(void)
{
    return TRUE;
}

guint wh_adapter_asked(void)
{
    return wh_fake_permission_questions();
}

guint wh_adapter_waiting(void)
{
    return wh_fake_permission_waiting();
}

gboolean wh_adapter_nobody(void)
{
    return FALSE;
}

void wh_adapter_add_tests(void)
{
}
