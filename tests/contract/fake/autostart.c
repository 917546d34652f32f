#include "platform/fake/autostart_fake.h"
#include "tests/contract/autostart_adapter.h"

void wh_adapter_begin(void)
{
    wh_fake_autostart_reset();
}

void wh_adapter_end(void)
{
    wh_fake_autostart_reset();
}

void wh_adapter_provide(const char *id)
{
    wh_fake_autostart_provide(id);
}

void wh_adapter_forbid_writing(void)
{
    wh_fake_autostart_set_read_only(TRUE);
}

void wh_adapter_add_tests(void)
{
}
