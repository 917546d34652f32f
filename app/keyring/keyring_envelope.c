#include "app/keyring/keyring_envelope.h"

#include <jansson.h>
#include <string.h>

#define VERSION 1
#define LONGEST_SECRET 4096

/* Each byte of the longest secret may become six ("\u0001"), and the other members have room. */
#define LONGEST (32 * 1024)

char *wh_keyring_envelope_key(const char *account, const char *field)
{
    return g_strconcat(account, ".", field, NULL);
}

void wh_keyring_envelope_wipe(char *text)
{
    /* The compiler may not assume that the pointer still leads to memset(), and so keeps the call.
     */
    static void *(*const volatile overwrite)(void *, int, size_t) = memset;
    if (text == NULL)
        return;
    overwrite(text, 0, strlen(text));
    g_free(text);
}

static char *value_of(gconstpointer account, const char *name)
{
    return g_strdup(wh_account_item_field((WhAccountItem *)account, name));
}

/* As the service keeps it. */
static char *value_given(gconstpointer fields, const char *name)
{
    const char *value = g_hash_table_lookup((GHashTable *)fields, name);
    return g_strstrip(g_strdup(value != NULL ? value : ""));
}

/* In the form's order; NULL: the form is not known. */
static char *fingerprint(WhModel *model, const char *provider_id,
                         char *(*read)(gconstpointer account, const char *name),
                         gconstpointer account)
{
    WhProviderItem *provider = wh_model_find_provider(model, provider_id);
    if (provider == NULL)
        return NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (guint i = 0; i < wh_provider_item_n_fields(provider); i++) {
        const WhFormField *field = wh_provider_item_field(provider, i);
        g_autofree char *value = read(account, field->name);
        if (field->kind == WH_FORM_SECRET || *value == '\0')
            continue;
        /* With the NUL, so that no two accounts read the same. */
        g_checksum_update(sum, (const guchar *)field->name, (gssize)strlen(field->name) + 1);
        g_checksum_update(sum, (const guchar *)value, (gssize)strlen(value) + 1);
    }
    return g_strdup(g_checksum_get_string(sum));
}

char *wh_keyring_envelope_place(WhModel *model, WhAccountItem *account)
{
    return fingerprint(model, wh_account_item_provider(account), value_of, account);
}

char *wh_keyring_envelope_place_given(WhModel *model, const char *provider, GHashTable *fields)
{
    return fingerprint(model, provider, value_given, fields);
}

char *wh_keyring_envelope_seal(WhModel *model, WhAccountItem *account, const char *field,
                               const char *secret)
{
    g_autofree char *place = wh_keyring_envelope_place(model, account);
    if (place == NULL || strlen(secret) > LONGEST_SECRET)
        return NULL;
    json_t *object =
        json_pack("{s:i, s:s, s:s, s:s, s:s, s:s}", "version", VERSION, "account",
                  wh_account_item_id(account), "provider", wh_account_item_provider(account),
                  "fields", place, "field", field, "secret", secret);
    char *text = g_malloc0(LONGEST + 1);
    size_t size = object != NULL ? json_dumpb(object, text, LONGEST, JSON_COMPACT) : 0;
    json_decref(object);
    if (size > 0 && size <= LONGEST)
        return text;
    wh_keyring_envelope_wipe(text);
    return NULL;
}

static gboolean says(json_t *object, const char *member, const char *expected)
{
    return g_strcmp0(json_string_value(json_object_get(object, member)), expected) == 0;
}

static gboolean is_bound(json_t *object, WhAccountItem *account, const char *field,
                         const char *place)
{
    return json_integer_value(json_object_get(object, "version")) == VERSION &&
           says(object, "account", wh_account_item_id(account)) &&
           says(object, "provider", wh_account_item_provider(account)) &&
           says(object, "field", field) && says(object, "fields", place);
}

char *wh_keyring_envelope_open(WhModel *model, WhAccountItem *account, const char *field,
                               const char *bytes, gsize length)
{
    g_autofree char *place = wh_keyring_envelope_place(model, account);
    if (place == NULL || length > LONGEST)
        return NULL;
    json_t *object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    json_t *secret = json_object_get(object, "secret");
    gboolean sound = is_bound(object, account, field, place) && json_string_length(secret) > 0 &&
                     json_string_length(secret) <= LONGEST_SECRET;
    char *text = sound ? g_strdup(json_string_value(secret)) : NULL;
    json_decref(object);
    return text;
}
