#include "platform/fake/fake.h"
#include "platform/fake/sealer_fake.h"
#include "tests/contract/sealer_adapter.h"

WhSealer *wh_adapter_sealer_new(WhAdapterSealer mode)
{
    static const WhFakeSealerMode modes[] = {
        [WH_ADAPTER_SEALER_WORKS] = WH_FAKE_SEALER_WORKS,
        [WH_ADAPTER_SEALER_ABSENT] = WH_FAKE_SEALER_ABSENT,
        [WH_ADAPTER_SEALER_FAILS] = WH_FAKE_SEALER_FAILS,
    };

    wh_fake_reset();
    wh_fake_sealer_set_mode(modes[mode]);
    return wh_sealer_new(NULL);
}

void wh_adapter_sealer_replace_key(void)
{
    wh_fake_sealer_set_key(2);
}

void wh_adapter_sealer_set_slow(gboolean slow)
{
    wh_fake_sealer_set_slow(slow);
}

void wh_adapter_sealer_end(void)
{
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
}
