#include "service/declared/declared_keys.h"

#include <string.h>

#define FIELD "field."
#define SECRET "secret."
#define CREDENTIAL "credential:"
#define FILE_ "file:"
#define LONGEST_NAME 64

/* Also of credentials: what ends up in sentences must not be a secret that went astray. */
static gboolean is_name(const char *text)
{
    return *text != '\0' && strlen(text) <= LONGEST_NAME &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               strlen(text);
}

static char *set_once(char **text, const char *value)
{
    if (*value == '\0')
        return g_strdup("Nothing stands behind the equals sign.");
    *text = g_strdup(value);
    return NULL;
}

/* The key behind its "field." or "secret.", or NULL. */
static const char *rest(const char *key, const char *prefix)
{
    return g_str_has_prefix(key, prefix) ? key + strlen(prefix) : NULL;
}

static char *add_secret(WhDeclaredFile *file, const char *field, const char *value, guint line)
{
    const char *credential = rest(value, CREDENTIAL), *path = rest(value, FILE_);
    if (credential == NULL && path == NULL)
        return g_strdup(
            "A secret must not stand here, where others may read it. Put it into a file of its own "
            "that nobody else may read and say file:PATH, or hand it over as a credential of the "
            "service manager and say credential:NAME. Use another secret if somebody may have read "
            "it.");
    if (path != NULL ? *path == '\0' : !is_name(credential))
        return g_strdup(path != NULL ? "No path stands behind file:."
                                     : "This is no name of a credential: letters, digits and -_. "
                                       "make one.");
    WhDeclaredSecret *secret = g_new0(WhDeclaredSecret, 1);
    secret->field = g_strdup(field);
    secret->place = path != NULL ? WH_DECLARED_PATH : WH_DECLARED_CREDENTIAL;
    secret->where = g_strdup(path != NULL ? path : credential);
    secret->line = line;
    g_ptr_array_add(file->secrets, secret);
    return NULL;
}

/* Which key it was to be is not said: a secret may have gone astray. */
static char *unknown(const char *keys)
{
    return g_strdup_printf("There is no such key here. These are: %s.", keys);
}

static char *take_account(WhDeclaredFile *file, const char *key, const char *value, guint line)
{
    const char *field = rest(key, FIELD), *secret = rest(key, SECRET);
    if (g_str_equal(key, "provider"))
        return set_once(&file->provider, value);
    if (g_str_equal(key, "label"))
        return set_once(&file->label, value);
    if (secret != NULL && is_name(secret))
        return add_secret(file, secret, value, line);
    if (field == NULL || !is_name(field))
        return unknown("provider, label, field.NAME and secret.NAME");
    g_hash_table_insert(file->fields, g_strdup(field), g_strdup(value));
    return NULL;
}

char *wh_declared_keys_account(WhDeclaredFile *file, const char *key, const char *value, guint line)
{
    if (g_hash_table_contains(file->lines, key))
        return g_strdup_printf("This stands in line %u already.",
                               GPOINTER_TO_UINT(g_hash_table_lookup(file->lines, key)));
    char *trouble = take_account(file, key, value, line);
    if (trouble == NULL)
        g_hash_table_insert(file->lines, g_strdup(key), GUINT_TO_POINTER(line));
    return trouble;
}

static gboolean read_flag(const char *value, gboolean *flag)
{
    gboolean yes = g_str_equal(value, "true") || g_str_equal(value, "yes");
    gboolean no = g_str_equal(value, "false") || g_str_equal(value, "no");
    if (yes || no)
        *flag = yes;
    return yes || no;
}

char *wh_declared_keys_host(WhDeclaredHost *host, const char *key, const char *value)
{
    guint64 seconds;
    if (g_str_equal(key, "ttl")) {
        if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT32, &seconds, NULL))
            return g_strdup("Give a number of seconds.");
        host->ttl = (guint32)seconds;
        return NULL;
    }
    for (WhFamily family = 0; family < WH_N_FAMILIES; family++) {
        if (!g_str_equal(key, family == WH_FAMILY_IPV4 ? "ipv4" : "ipv6"))
            continue;
        return read_flag(value, &host->wants[family]) ? NULL : g_strdup("Say true or false.");
    }
    return unknown("ipv4, ipv6 and ttl");
}
