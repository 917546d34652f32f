/* Datagrams that claim to be a router's: as answers and as announcements of NAT-PMP and PCP. */
#include "service/gateway/announcements.h"
#include "service/gateway/natpmp.h"
#include "service/gateway/pcp.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    WhNatpmpAnswer natpmp;
    WhPcpAnswer pcp;
    WhAnnouncementKind kind;
    gboolean is_natpmp = wh_natpmp_read(data, size, &natpmp);
    gboolean is_pcp = wh_pcp_read_announce(data, size, &pcp);
    gboolean is_announcement = wh_announcement_read(data, size, &kind);
    g_assert(!is_natpmp || !is_pcp);
    g_assert(!is_natpmp || size == 8 || size == 12);
    g_assert(!is_natpmp || !natpmp.has_address || natpmp.result == WH_NATPMP_SUCCESS);
    g_assert(!is_pcp || (size >= 24 && size <= 1100 && size % 4 == 0));
    g_assert(!is_announcement || (kind == WH_ANNOUNCEMENT_NATPMP ? is_natpmp : is_pcp));
    return 0;
}
