#include "tests/contract/clock_watch_adapter.h"

#include "platform/fake/clock_watch_fake.h"
#include "platform/fake/fake.h"

WhClockWatch *wh_adapter_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    return wh_clock_watch_new(jumped, data, error);
}

void wh_adapter_jump(void)
{
    wh_fake_clock_watch_fire();
}

gboolean wh_adapter_nobody(void)
{
    wh_fake_clock_watch_set_supported(FALSE);
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
}
