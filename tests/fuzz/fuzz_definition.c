/* A definition that an administrator may write: it is taken or refused with a reason, and what is
 * taken can be used. */
#include <stddef.h>
#include <stdint.h>

#include "service/base/account.h"
#include "service/providers/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhDefinition) definition =
        wh_definition_parse("sample", (const char *)data, size, &error);
    g_assert((definition == NULL) == (error != NULL));
    if (definition == NULL)
        return 0;
    g_assert(definition->name != NULL && wh_engine_find(definition->engine) != NULL);
    g_autoptr(WhAccount) account = wh_account_new("sample", "sample", "Sample");
    g_autofree char *endpoint = wh_engine_find(definition->engine)->endpoint(definition, account);
    g_assert(endpoint != NULL);
    return 0;
}
