#include "service/accounts/accounts_private.h"
#include "service/base/network_id.h"

#include <string.h>

static gboolean take_device(WhHost *host, const WhHostDraft *draft, GError **error)
{
    static const guint8 nobody[WH_SUFFIX_SIZE] = {0};
    if (!draft->device_set)
        return TRUE;
    if (draft->device == WH_DEVICE_SUFFIX && memcmp(draft->suffix, nobody, sizeof nobody) == 0)
        return wh_accounts_refuse(error, "suffix",
                                  "Give the second half of the machine's IPv6 address, such as "
                                  "::1234:5678:9abc:def0.");
    if (draft->device == WH_DEVICE_MAC && memcmp(draft->mac, nobody, sizeof draft->mac) == 0)
        return wh_accounts_refuse(error, "mac",
                                  "Give the machine's MAC address, such as 00:11:22:33:44:55.");
    host->device = draft->device;
    memset(host->suffix, 0, sizeof host->suffix);
    memset(host->mac, 0, sizeof host->mac);
    if (draft->device == WH_DEVICE_SUFFIX)
        memcpy(host->suffix, draft->suffix, sizeof host->suffix);
    if (draft->device == WH_DEVICE_MAC)
        memcpy(host->mac, draft->mac, sizeof host->mac);
    return TRUE;
}

static gboolean take_networks(WhHost *host, const WhHostDraft *draft, GError **error)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; draft->networks != NULL && draft->networks[i] != NULL; i++) {
        g_autofree char *id = wh_network_id_normalize(draft->networks[i]);
        if (id == NULL)
            return wh_accounts_refuse(error, "networks",
                                      "This is no network. Give the MAC address of its router and "
                                      "its addresses, such as aa:bb:cc:dd:ee:ff/192.168.1.0/24.");
        if (g_hash_table_add(seen, g_strdup(id)))
            g_strv_builder_add(builder, id);
    }
    if (g_hash_table_size(seen) > WH_MOST_NETWORKS)
        return wh_accounts_refuse(error, "networks", "A name can be bound to 16 networks at most.");
    g_auto(GStrv) networks = g_strv_builder_end(builder);
    wh_host_set_networks(host, (const char *const *)networks);
    return TRUE;
}

gboolean wh_accounts_take_wishes(WhHost *host, const WhHostDraft *draft, GError **error)
{
    if (!take_device(host, draft, error) ||
        (draft->networks_set && !take_networks(host, draft, error)))
        return FALSE;
    if (draft->lan_set)
        host->lan = draft->lan;
    if (draft->withhold_unreachable_set)
        host->withhold_unreachable = draft->withhold_unreachable;
    if (host->lan && host->device != WH_DEVICE_THIS)
        return wh_accounts_refuse(error, "lan",
                                  "A name for the local network leads to this computer, not to "
                                  "another machine. Choose one of the two.");
    return TRUE;
}
