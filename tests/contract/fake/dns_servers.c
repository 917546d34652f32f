#include "platform/dns_servers.h"

#include "platform/fake/fake.h"
#include "tests/contract/dns_servers_adapter.h"

char **wh_adapter_dns_servers(const char *const *addresses)
{
    wh_fake_dns_servers_set(addresses);
    return wh_dns_servers_list();
}

void wh_adapter_add_tests(void)
{
}
