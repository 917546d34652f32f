#include "service/secrets/envelope.h"

#include <jansson.h>
#include <string.h>

/* Each byte of the longest secret may become six ("\u0001"), and the other members have room. */
#define LONGEST (32 * 1024)

#define VERSION 1

static gboolean check_secret(const WhSecret *secret, GError **error)
{
    gsize length = wh_secret_length(secret);
    const char *text = wh_secret_peek(secret);
    const char *wrong = NULL;
    if (length == 0)
        wrong = "A secret cannot be empty.";
    else if (length > WH_ENVELOPE_SECRET)
        wrong = "A secret has 4096 bytes at most.";
    else if (strlen(text) != length || !g_utf8_validate_len(text, length, NULL))
        wrong = "A secret is text; this one holds other bytes.";
    if (wrong != NULL)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, wrong);
    return wrong == NULL;
}

static json_t *pack(const WhVaultBinding *binding, const char *field, gint64 given,
                    const WhSecret *secret)
{
    json_t *object = json_pack("{s:i, s:s, s:s, s:s, s:s, s:s}", "version", VERSION, "account",
                               binding->account, "provider", binding->provider, "endpoint",
                               binding->endpoint, "field", field, "secret", wh_secret_peek(secret));
    if (given > 0)
        json_object_set_new(object, "given", json_integer(given));
    return object;
}

WhSecret *wh_envelope_seal(const WhVaultBinding *binding, const char *field, gint64 given,
                           const WhSecret *secret, GError **error)
{
    if (!check_secret(secret, error))
        return NULL;
    json_t *object = pack(binding, field, given, secret);
    char *dump = g_malloc(LONGEST);
    gsize size = object != NULL ? json_dumpb(object, dump, LONGEST, JSON_COMPACT) : 0;
    json_decref(object);
    WhSecret *sealed = NULL;
    if (size > 0 && size <= LONGEST)
        sealed = wh_secret_new(dump, (gssize)size);
    else
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "The account's address is too long to keep a secret for it.");
    wh_wipe(dump, LONGEST);
    g_free(dump);
    return sealed;
}

static const char *member(json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static gboolean is_whole(json_t *object, const char *account, const char *field)
{
    json_t *secret = json_object_get(object, "secret");
    return json_integer_value(json_object_get(object, "version")) == VERSION &&
           g_strcmp0(member(object, "account"), account) == 0 &&
           g_strcmp0(member(object, "field"), field) == 0 && member(object, "provider") != NULL &&
           member(object, "endpoint") != NULL && json_string_length(secret) > 0 &&
           json_string_length(secret) <= WH_ENVELOPE_SECRET;
}

WhVaultState wh_envelope_open(const char *bytes, gsize length, const char *account,
                              const char *field, WhSecret **secret, char **provider,
                              char **endpoint, gint64 *given)
{
    if (length > LONGEST)
        return WH_VAULT_DAMAGED;
    json_t *object = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    if (!is_whole(object, account, field)) {
        json_decref(object);
        return WH_VAULT_DAMAGED;
    }
    *secret = wh_secret_new(member(object, "secret"), -1);
    *provider = g_strdup(member(object, "provider"));
    *endpoint = g_strdup(member(object, "endpoint"));
    *given = MAX(json_integer_value(json_object_get(object, "given")), 0);
    json_decref(object);
    return WH_VAULT_PRESENT;
}

gboolean wh_envelope_names(const char *bytes, gsize length, char **account, char **field)
{
    json_t *object =
        length <= LONGEST ? json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *account_text = member(object, "account");
    const char *field_text = member(object, "field");
    gboolean named = account_text != NULL && field_text != NULL;
    if (named) {
        *account = g_strdup(account_text);
        *field = g_strdup(field_text);
    }
    json_decref(object);
    return named;
}
