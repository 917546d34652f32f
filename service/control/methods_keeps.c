#include "service/control/failure.h"
#include "service/control/methods.h"

/* More names than a service keeps. */
#define MAX_NAMES 2000

static GHashTable *kept_names(const WhControlRooms *rooms)
{
    GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
    const GPtrArray *hosts = wh_accounts_hosts(rooms->accounts);
    for (guint i = 0; i < hosts->len; i++)
        g_hash_table_add(names, ((WhHost *)hosts->pdata[i])->name);
    return names;
}

static gboolean is_kept(GHashTable *kept, const char *name)
{
    g_autofree char *normalized = wh_accounts_normalize(name, NULL);
    return normalized != NULL && g_hash_table_contains(kept, normalized);
}

/* Every host that is here counts, whatever its state: it is published again once that is over. */
void wh_methods_keeps(WhInvocation *invocation)
{
    json_t *names = wh_invocation_parameter(invocation, "names");
    if (json_array_size(names) > MAX_NAMES) {
        wh_failure_invalid(invocation, "names", "Ask about 2000 names at most.");
        return;
    }
    g_autoptr(GHashTable) kept = kept_names(wh_invocation_rooms(invocation));
    json_t *found = json_array();
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name)
    {
        if (is_kept(kept, json_string_value(name)))
            json_array_append(found, name);
    }
    wh_invocation_reply(invocation, json_pack("{s:o}", "kept", found));
}
