#include "platform/fake/users_fake.h"
#include "tests/contract/users_adapter.h"

#include <stddef.h>

const char *const wh_adapter_system_users[] = {"root", "www-data", NULL};

const char *const wh_adapter_known_principal = "uid:0";
const char *const wh_adapter_known_name = "root";
const char *const wh_adapter_nobodies[] = {
    "uid:3999999999", "uid:4294967295", "uid:", "uid:-1", "uid:0x0", NULL};

const char *wh_adapter_person(void)
{
    return WH_FAKE_USERS_ALICE;
}

const char *wh_adapter_principal(void)
{
    return "uid:1000";
}
