/* What somebody on the network answers to a search for the router, and where it may lead. */
#include "service/gateway/igd_ssdp.h"
#include "service/gateway/igd_url.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Whatever is accepted leads to the router and nowhere else, in one reading only. */
static void resolve(const char *base, const char *reference)
{
    WhAddress router;
    gboolean parsed = wh_address_parse("192.168.1.1", &router);
    g_assert(parsed);
    g_autofree char *url = wh_igd_url_resolve(base, reference, &router);
    if (url == NULL)
        return;
    g_assert(g_str_has_prefix(url, "http://192.168.1.1:"));
    const char *port = url + strlen("http://192.168.1.1:");
    gsize digits = strspn(port, "0123456789");
    g_assert(digits >= 1 && digits <= 5 && port[digits] == '/');
    g_autofree char *again = wh_igd_url_resolve(NULL, url, &router);
    g_assert_cmpstr(again, ==, url);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size == 0)
        return 0;
    /* In memory of its own size, so that reading behind it is noticed. */
    g_autofree char *bytes = g_memdup2(data, size);
    g_autofree char *location = wh_igd_ssdp_read(bytes, size);
    g_autofree char *text = g_strndup((const char *)data, size);
    if (location != NULL)
        resolve(NULL, location);
    resolve(NULL, text);
    resolve("http://192.168.1.1:5000/dir/d.xml", text);
    return 0;
}
