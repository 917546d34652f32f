#include "app/cli/attention.h"

#include "app/cli/lookup.h"
#include "app/client/sentences.h"

#include <string.h>

static gboolean record_needs_it(json_t *record)
{
    const char *state = wh_lookup_text(record, "state");
    return strcmp(state, "halted") == 0 || strcmp(state, "refused") == 0 ||
           strcmp(state, "no_secret") == 0;
}

static gboolean host_needs_it(json_t *host)
{
    size_t i;
    json_t *record;
    json_array_foreach(json_object_get(host, "records"), i, record)
    {
        if (record_needs_it(record))
            return TRUE;
    }
    return FALSE;
}

static gboolean account_needs_it(json_t *account)
{
    g_autofree char *sentence = wh_sentence_account(account);
    return sentence != NULL;
}

static gboolean any(json_t *array, gboolean (*needs_it)(json_t *element))
{
    size_t i;
    json_t *element;
    json_array_foreach(array, i, element)
    {
        if (needs_it(element))
            return TRUE;
    }
    return FALSE;
}

gboolean wh_attention_is_needed(json_t *state)
{
    json_t *service = json_object_get(state, "service");
    return json_array_size(json_object_get(service, "notices")) > 0 ||
           any(json_object_get(state, "accounts"), account_needs_it) ||
           any(json_object_get(state, "hosts"), host_needs_it);
}
