#include "service/net/tsig_key.h"

#include <nettle/hmac.h>

#include <string.h>

/* wire: the name that stands in the record. RFC 8945 section 6 keeps the long one for MD5. */
typedef struct {
    const char *name;
    const char *wire;
    const struct nettle_hash *hash;
} Algorithm;

static const Algorithm *algorithm_find(WhTsigAlgorithm algorithm)
{
    static const Algorithm algorithms[] = {
        [WH_TSIG_HMAC_MD5] = {"hmac-md5", "hmac-md5.sig-alg.reg.int", &nettle_md5},
        [WH_TSIG_HMAC_SHA1] = {"hmac-sha1", "hmac-sha1", &nettle_sha1},
        [WH_TSIG_HMAC_SHA224] = {"hmac-sha224", "hmac-sha224", &nettle_sha224},
        [WH_TSIG_HMAC_SHA256] = {"hmac-sha256", "hmac-sha256", &nettle_sha256},
        [WH_TSIG_HMAC_SHA384] = {"hmac-sha384", "hmac-sha384", &nettle_sha384},
        [WH_TSIG_HMAC_SHA512] = {"hmac-sha512", "hmac-sha512", &nettle_sha512},
    };
    return &algorithms[algorithm];
}

const char *wh_tsig_algorithm_name(WhTsigAlgorithm algorithm)
{
    return algorithm_find(algorithm)->name;
}

gboolean wh_tsig_algorithm_parse(const char *name, WhTsigAlgorithm *algorithm)
{
    for (guint i = WH_TSIG_HMAC_MD5; i <= WH_TSIG_HMAC_SHA512; i++) {
        const Algorithm *known = algorithm_find((WhTsigAlgorithm)i);
        if (g_ascii_strcasecmp(name, known->name) == 0 ||
            g_ascii_strcasecmp(name, known->wire) == 0) {
            *algorithm = (WhTsigAlgorithm)i;
            return TRUE;
        }
    }
    return FALSE;
}

void wh_tsig_algorithm_wire(WhTsigAlgorithm algorithm, guint8 name[WH_DNS_MAX_NAME], gsize *length)
{
    gboolean valid = wh_dns_wire_name(algorithm_find(algorithm)->wire, name, length);
    g_assert(valid);
}

gsize wh_tsig_algorithm_mac_length(WhTsigAlgorithm algorithm)
{
    return algorithm_find(algorithm)->hash->digest_size;
}

/* g_base64_decode() skips what it does not know; a mistyped secret must be told, not guessed. */
static gboolean is_base64(const char *text)
{
    gsize digits = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    gsize padding = strspn(text + digits, "=");
    return digits > 0 && padding <= 2 && (digits + padding) % 4 == 0 &&
           text[digits + padding] == '\0';
}

WhTsigKey *wh_tsig_key_new(const char *name, WhTsigAlgorithm algorithm, const WhSecret *secret,
                           GError **error)
{
    WhTsigKey key = {.algorithm = algorithm};
    if (!wh_dns_wire_name(name, key.name, &key.name_length) || key.name_length == 1) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "The name of the key is not a domain name. Copy it as it stands in the "
                            "key file, without quotes.");
        return NULL;
    }
    if (!is_base64(wh_secret_peek(secret)) ||
        strlen(wh_secret_peek(secret)) != wh_secret_length(secret)) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                            "The secret of the key is not base64. Copy it as it stands in the key "
                            "file, without quotes.");
        return NULL;
    }
    key.secret = g_base64_decode(wh_secret_peek(secret), &key.secret_length);
    return g_memdup2(&key, sizeof key);
}

void wh_tsig_key_free(WhTsigKey *key)
{
    if (key == NULL)
        return;
    wh_wipe(key->secret, key->secret_length);
    g_free(key->secret);
    g_free(key);
}

void wh_tsig_key_mac(const WhTsigKey *key, const guint8 *bytes, gsize length,
                     guint8 mac[WH_TSIG_MAX_MAC])
{
    union any {
        struct md5_ctx md5;
        struct sha1_ctx sha1;
        struct sha256_ctx sha256;
        struct sha512_ctx sha512;
    };
    struct HMAC_CTX(union any) context;
    const struct nettle_hash *hash = algorithm_find(key->algorithm)->hash;
    hmac_set_key(&context.outer, &context.inner, &context.state, hash, key->secret_length,
                 key->secret);
    hmac_update(&context.state, hash, length, bytes);
    hmac_digest(&context.outer, &context.inner, &context.state, hash, hash->digest_size, mac);
    wh_wipe(&context, sizeof context);
}
