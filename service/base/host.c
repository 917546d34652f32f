#include "service/base/host.h"

#include <string.h>

WhHost *wh_host_new(const char *id, const char *account, const char *name)
{
    WhHost *host = g_new0(WhHost, 1);
    host->id = g_strdup(id);
    host->account = g_strdup(account);
    host->name = g_strdup(name);
    return host;
}

WhHost *wh_host_copy(const WhHost *host)
{
    WhHost *copy = g_new(WhHost, 1);
    *copy = *host;
    copy->id = g_strdup(host->id);
    copy->account = g_strdup(host->account);
    copy->name = g_strdup(host->name);
    copy->networks = g_strdupv(host->networks);
    return copy;
}

void wh_host_free(WhHost *host)
{
    if (host == NULL)
        return;
    g_free(host->id);
    g_free(host->account);
    g_free(host->name);
    g_strfreev(host->networks);
    g_free(host);
}

void wh_host_set_networks(WhHost *host, const char *const *networks)
{
    GStrv copy = networks != NULL && networks[0] != NULL ? g_strdupv((GStrv)networks) : NULL;
    g_strfreev(host->networks);
    host->networks = copy;
}

static gboolean has_same_device(const WhHost *a, const WhHost *b)
{
    if (a->device != b->device)
        return FALSE;
    switch (a->device) {
    case WH_DEVICE_THIS:
        return TRUE;
    case WH_DEVICE_SUFFIX:
        return memcmp(a->suffix, b->suffix, sizeof a->suffix) == 0;
    case WH_DEVICE_MAC:
        return memcmp(a->mac, b->mac, sizeof a->mac) == 0;
    }
    return FALSE;
}

static gboolean has_same_networks(const WhHost *a, const WhHost *b)
{
    if (a->networks == NULL || b->networks == NULL)
        return a->networks == b->networks;
    return g_strv_equal((const char *const *)a->networks, (const char *const *)b->networks);
}

gboolean wh_host_has_same_wishes(const WhHost *a, const WhHost *b)
{
    for (guint i = 0; i < WH_N_FAMILIES; i++) {
        if (!a->wants[i] != !b->wants[i])
            return FALSE;
    }
    return a->ttl == b->ttl && has_same_device(a, b) && !a->lan == !b->lan &&
           !a->withhold_unreachable == !b->withhold_unreachable && has_same_networks(a, b);
}

gboolean wh_host_needs_public(const WhHost *host, WhFamily family)
{
    gboolean other_machine = family == WH_FAMILY_IPV6 && host->device != WH_DEVICE_THIS;
    return !host->lan && !other_machine;
}
