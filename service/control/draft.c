#include "service/control/draft.h"

static WhSecret *secret_from(json_t *value)
{
    return wh_secret_new(json_string_value(value), (gssize)json_string_length(value));
}

static GHashTable *read_fields(WhInvocation *invocation)
{
    json_t *given = wh_invocation_parameter(invocation, "fields");
    if (given == NULL)
        return NULL;
    GHashTable *fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *name;
    json_t *value;
    json_object_foreach(given, name, value)
    {
        g_hash_table_insert(fields, g_strdup(name), g_strdup(json_string_value(value)));
    }
    return fields;
}

static GHashTable *take_secrets(WhInvocation *invocation)
{
    json_t *given = wh_invocation_parameter(invocation, "secrets");
    if (given == NULL)
        return NULL;
    GHashTable *secrets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)wh_secret_unref);
    const char *name;
    json_t *value;
    json_object_foreach(given, name, value)
    {
        g_hash_table_insert(secrets, g_strdup(name), secret_from(value));
    }
    json_object_del(invocation->call->parameters, "secrets");
    return secrets;
}

void wh_draft_read(WhInvocation *invocation, WhAccountDraft *draft)
{
    *draft = (WhAccountDraft){
        .provider = wh_invocation_text(invocation, "provider"),
        .label = wh_invocation_text(invocation, "label"),
        .fields = read_fields(invocation),
        .secrets = take_secrets(invocation),
    };
}

void wh_draft_clear(WhAccountDraft *draft)
{
    g_clear_pointer(&draft->fields, g_hash_table_unref);
    g_clear_pointer(&draft->secrets, g_hash_table_unref);
}

WhSecret *wh_draft_take_secret(WhInvocation *invocation, const char *name)
{
    WhSecret *secret = secret_from(wh_invocation_parameter(invocation, name));
    json_object_del(invocation->call->parameters, name);
    return secret;
}
