#include "platform/service_host.h"

#include "platform/fake/fake.h"
#include "tests/contract/service_host_adapter.h"

void wh_adapter_begin(void)
{
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

WhServiceHost *wh_adapter_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    return wh_service_host_new(stop, reload, data);
}

void wh_adapter_stop(void)
{
    wh_fake_service_host_stop();
    wh_fake_service_host_stop();
}

void wh_adapter_reload(void)
{
    wh_fake_service_host_reload();
}

char *wh_adapter_told(void)
{
    const GPtrArray *record = wh_fake_service_host_record();
    g_autoptr(GPtrArray) lines = g_ptr_array_new();

    for (guint i = 0; i < record->len; i++)
        g_ptr_array_add(lines, g_ptr_array_index(record, i));
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("|", (char **)lines->pdata);
}

void wh_adapter_add_tests(void)
{
}
