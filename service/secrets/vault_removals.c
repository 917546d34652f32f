/* What the keyring must still forget. It is written down by the owner of the vault, because a
 * keyring that is locked, absent or broken outlasts this process: what was forgotten never comes
 * back. */
#include "service/secrets/vault_private.h"

#include <string.h>

gboolean wh_vault_removals_matter(WhVault *vault)
{
    return vault->keyring != NULL &&
           (vault->used || wh_keyring_state(vault->keyring) != WH_KEYRING_ABSENT);
}

void wh_vault_removals_add(WhVault *vault, const char *key)
{
    g_hash_table_replace(vault->removals, g_strdup(key), NULL);
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *wh_vault_removals_note(WhVault *vault, const char *account, const char *const *fields)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, vault->removals);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        g_ptr_array_add(keys, g_strdup(key));
    for (gsize i = 0; fields != NULL && fields[i] != NULL; i++) {
        char *more = wh_vault_key(account, fields[i]);
        if (g_hash_table_contains(vault->removals, more))
            g_free(more);
        else
            g_ptr_array_add(keys, more);
    }
    g_ptr_array_sort(keys, compare);
    g_ptr_array_add(keys, NULL);
    return g_strjoinv(" ", (char **)keys->pdata);
}

static void write_down(WhVault *vault)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *note = wh_vault_removals_note(vault, NULL, NULL);
    if (!vault->listener.remember(note, &error, vault->data))
        g_message("What the keyring must forget could not be written down: %s", error->message);
}

void wh_vault_removals_read(WhVault *vault, const char *note)
{
    vault->used = note != NULL;
    g_auto(GStrv) keys = g_strsplit(note != NULL ? note : "", " ", -1);
    for (guint i = 0; keys[i] != NULL; i++) {
        if (*keys[i] != '\0')
            wh_vault_removals_add(vault, keys[i]);
    }
}

/* Not before the last word about the key came from the keyring. */
void wh_vault_removals_done(WhVault *vault, const char *key)
{
    if (!wh_vault_keyring_has_job(vault, key) && g_hash_table_remove(vault->removals, key))
        write_down(vault);
}

void wh_vault_removals_begin(WhVault *vault)
{
    if (vault->used)
        return;
    vault->used = TRUE;
    write_down(vault);
}
