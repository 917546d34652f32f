#include "service/declared/declared_keys.h"

#include "service/base/network_id.h"

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

static char *take_flag(const char *value, gboolean *flag)
{
    return read_flag(value, flag) ? NULL : g_strdup("Say true or false.");
}

static char *take_ttl(WhDeclaredHost *host, const char *value)
{
    guint64 seconds;
    if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT32, &seconds, NULL))
        return g_strdup("Give a number of seconds.");
    host->ttl = (guint32)seconds;
    return NULL;
}

static char *take_device(WhDeclaredHost *host, WhDevice device, const char *value)
{
    gboolean suffix = device == WH_DEVICE_SUFFIX;
    if (host->device != WH_DEVICE_THIS)
        return g_strdup("Another machine is known by suffix= or by mac=, not by both.");
    if (suffix ? !wh_suffix_parse(value, host->suffix) : !wh_mac_parse(value, host->mac))
        return g_strdup(suffix ? "Give the second half of the machine's IPv6 address, such as "
                                 "::1234:5678:9abc:def0."
                               : "Give the machine's MAC address, such as 00:11:22:33:44:55.");
    host->device = device;
    return NULL;
}

static char *take_networks(WhDeclaredHost *host, const char *value)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        g_autofree char *id = *words[i] != '\0' ? wh_network_id_normalize(words[i]) : NULL;
        if (*words[i] != '\0' && id == NULL)
            return g_strdup("This is no network. Give the MAC address of its router and its "
                            "addresses, such as aa:bb:cc:dd:ee:ff/192.168.1.0/24.");
        if (id != NULL)
            g_strv_builder_add(builder, id);
    }
    host->networks = g_strv_builder_end(builder);
    if (host->networks[0] == NULL || g_strv_length(host->networks) > WH_MOST_NETWORKS)
        return g_strdup("Give 1 to 16 networks, with blanks between them.");
    return NULL;
}

char *wh_declared_keys_host(WhDeclaredHost *host, const char *key, const char *value)
{
    if (g_str_equal(key, "ipv4"))
        return take_flag(value, &host->wants[WH_FAMILY_IPV4]);
    if (g_str_equal(key, "ipv6"))
        return take_flag(value, &host->wants[WH_FAMILY_IPV6]);
    if (g_str_equal(key, "ttl"))
        return take_ttl(host, value);
    if (g_str_equal(key, "suffix"))
        return take_device(host, WH_DEVICE_SUFFIX, value);
    if (g_str_equal(key, "mac"))
        return take_device(host, WH_DEVICE_MAC, value);
    if (g_str_equal(key, "lan"))
        return take_flag(value, &host->lan);
    if (g_str_equal(key, "withhold-unreachable"))
        return take_flag(value, &host->withhold_unreachable);
    if (g_str_equal(key, "networks"))
        return take_networks(host, value);
    return unknown("ipv4, ipv6, ttl, suffix, mac, lan, withhold-unreachable and networks");
}
