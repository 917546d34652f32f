#include "platform/fake/fake.h"
#include "tests/contract/uplink_adapter.h"

#define LINE 2
#define NOBODY 9

static guint64 *last_socket(void)
{
    static guint64 number;

    return &number;
}

gboolean wh_adapter_begin(guint family)
{
    return TRUE;
}

void wh_adapter_end(void)
{
    wh_fake_reset();
}

guint wh_adapter_line(void)
{
    return LINE;
}

guint wh_adapter_nobody(void)
{
    wh_fake_uplink_set_refused(TRUE);
    return NOBODY;
}

guint64 wh_adapter_socket_new(guint family, gboolean stream)
{
    return ++*last_socket();
}

void wh_adapter_socket_close(guint64 socket)
{
}

WhSent wh_adapter_send(guint64 socket, guint family, gboolean stream)
{
    const GArray *record = wh_fake_uplink_record();

    for (guint i = 0; i < record->len; i++) {
        const WhFakeUplink *uplink = &g_array_index(record, WhFakeUplink, i);

        if (uplink->socket == socket && uplink->interface == LINE && uplink->family == family)
            return WH_SENT_OVER_LINE;
    }
    return WH_SENT_OVER_VPN;
}

void wh_adapter_add_tests(void)
{
}
