#include "service/base/host.h"

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
    return copy;
}

void wh_host_free(WhHost *host)
{
    if (host == NULL)
        return;
    g_free(host->id);
    g_free(host->account);
    g_free(host->name);
    g_free(host);
}
