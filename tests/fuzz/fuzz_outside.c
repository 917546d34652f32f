/* What an operator answers, and the list of operators that an administrator may write. */
#include <stddef.h>
#include <stdint.h>

#include "service/detect/outside.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as_answer(const char *body, gsize length, WhFamily family, const char *line)
{
    g_autoptr(WhOutsideOperator) operator_ = wh_outside_operator_new("one", "First");
    operator_->line = g_strdup(line);
    WhAddress address;
    if (!wh_outside_read_answer(operator_, family, body, length, &address))
        return;
    g_assert(address.family == family);
    char text[WH_ADDRESS_STRLEN];
    WhAddress again;
    g_assert(wh_address_parse(wh_address_format(&address, text), &again));
    g_assert(wh_address_equal(&address, &again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    for (guint family = 0; family < WH_N_FAMILIES; family++) {
        read_as_answer(text, size, (WhFamily)family, NULL);
        read_as_answer(text, size, (WhFamily)family, "ip");
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) operators = wh_outside_parse(text, size, &error);
    g_assert((operators == NULL) == (error != NULL));
    return 0;
}
