#include "platform/sleep_monitor.h"

#include "platform/fake/fake.h"
#include "tests/contract/sleep_monitor_adapter.h"

gboolean wh_adapter_begin(void)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

void wh_adapter_until_listening(WhSleepMonitor *monitor, guint *counter)
{
}

void wh_adapter_resume(void)
{
    wh_fake_sleep_monitor_fire();
}

void wh_adapter_nobody(void)
{
    wh_fake_sleep_monitor_set_supported(FALSE);
}

void wh_adapter_add_tests(void)
{
}
