#include "platform/windows/keyring_manager.h"

#include "platform/common/keyring_entries.h"
#include "platform/windows/text.h"

#include <string.h>
#include <wincred.h>

#define MAX_KEY 100
#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789._-"
#define COMMENT_FORMAT "%08x %u %u"

/* What the comment of a first piece says. A secret of one piece has no comment. */
typedef struct {
    guint generation;
    guint pieces;
    guint length;
} Head;

gboolean wh_keyring_is_key(const char *key)
{
    gsize length = strlen(key);

    return length > 0 && length <= MAX_KEY && strspn(key, KEY_CHARACTERS) == length;
}

/* "Wayhome:SCOPE:KEY" and, of all but the first, ":GENERATION:PIECE". */
static char *name_of(const char *scope, const char *key, guint generation, guint piece)
{
    return piece == 0 ? g_strdup_printf("Wayhome:%s:%s", scope, key)
                      : g_strdup_printf("Wayhome:%s:%s:%08x:%u", scope, key, generation, piece);
}

static void credentials_free(PCREDENTIALW *found, DWORD count)
{
    for (DWORD i = 0; i < count; i++)
        if (found[i]->CredentialBlob != NULL)
            SecureZeroMemory(found[i]->CredentialBlob, found[i]->CredentialBlobSize);
    CredFree(found);
}

/* What begins like this; none is no error. *found is for credentials_free() when *count is not 0.
 */
static guint32 enumerate(const char *prefix, PCREDENTIALW **found, DWORD *count)
{
    g_autofree char *filter = g_strconcat(prefix, "*", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(filter);

    *count = 0;
    if (CredEnumerateW(wide, 0, count, found))
        return ERROR_SUCCESS;
    guint32 code = GetLastError();
    *count = 0;
    return code == ERROR_NOT_FOUND ? ERROR_SUCCESS : code;
}

/* The name, for g_free(), or NULL when it is none of ours: the system takes letters in either case
 * for the same, and our names have them as they are in `prefix`. */
static char *own_name(const CREDENTIALW *credential, const char *prefix)
{
    g_autofree char *name = wh_windows_utf8(credential->TargetName);

    if (credential->Type != CRED_TYPE_GENERIC ||
        credential->CredentialBlobSize > WH_KEYRING_PIECE || name == NULL ||
        !g_str_has_prefix(name, prefix))
        return NULL;
    return g_steal_pointer(&name);
}

/* Ours that begin like this, name to credential. */
static GHashTable *by_name(const char *prefix, PCREDENTIALW *found, DWORD count)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (DWORD i = 0; i < count; i++) {
        char *name = own_name(found[i], prefix);
        if (name != NULL)
            g_hash_table_replace(names, name, found[i]);
    }
    return names;
}

/* FALSE: it is none that we wrote. */
static gboolean head_read(const CREDENTIALW *credential, Head *head)
{
    g_autofree char *comment = wh_windows_utf8(credential->Comment);
    g_autofree char *expected = NULL;

    *head = (Head){0, 1, credential->CredentialBlobSize};
    if (comment == NULL || *comment == '\0')
        return TRUE;
    g_auto(GStrv) words = g_strsplit(comment, " ", 4);
    if (g_strv_length(words) != 3)
        return FALSE;
    head->generation = (guint)g_ascii_strtoull(words[0], NULL, 16);
    head->pieces = (guint)g_ascii_strtoull(words[1], NULL, 10);
    head->length = (guint)g_ascii_strtoull(words[2], NULL, 10);
    expected = g_strdup_printf(COMMENT_FORMAT, head->generation, head->pieces, head->length);
    return strcmp(comment, expected) == 0 && head->length <= WH_KEYRING_MAX_SECRET &&
           head->pieces == (head->length + WH_KEYRING_PIECE - 1) / WH_KEYRING_PIECE;
}

static gboolean append(GByteArray *whole, const CREDENTIALW *piece)
{
    if (piece == NULL || whole->len + piece->CredentialBlobSize > WH_KEYRING_MAX_SECRET)
        return FALSE;
    if (piece->CredentialBlobSize > 0)
        g_byte_array_append(whole, piece->CredentialBlob, piece->CredentialBlobSize);
    return TRUE;
}

/* Puts a secret together, unless pieces of it are missing. */
static void put_together(const char *scope, const char *key, GHashTable *names, GHashTable *entries)
{
    /* As large as it can become: what it held would otherwise stay behind when it grows. */
    g_autoptr(GByteArray) whole = g_byte_array_sized_new(WH_KEYRING_MAX_SECRET);
    g_autofree char *first = name_of(scope, key, 0, 0);
    const CREDENTIALW *credential = g_hash_table_lookup(names, first);
    Head head;

    if (credential == NULL)
        return;
    gboolean complete = head_read(credential, &head) && append(whole, credential);

    for (guint i = 1; complete && i < head.pieces; i++) {
        g_autofree char *name = name_of(scope, key, head.generation, i);
        complete = append(whole, g_hash_table_lookup(names, name));
    }
    if (complete && whole->len == head.length)
        wh_keyring_entries_put(entries, key, (const char *)whole->data, whole->len);
    SecureZeroMemory(whole->data, whole->len);
}

guint32 wh_keyring_manager_read(const char *scope, GHashTable **entries)
{
    g_autofree char *prefix = name_of(scope, "", 0, 0);
    PCREDENTIALW *found = NULL;
    DWORD count = 0;
    guint32 code = enumerate(prefix, &found, &count);
    GHashTableIter iter;
    gpointer name;

    if (code != ERROR_SUCCESS)
        return code;
    *entries = wh_keyring_entries_new();
    g_autoptr(GHashTable) names = by_name(prefix, found, count);
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        const char *key = (const char *)name + strlen(prefix);
        if (wh_keyring_is_key(key))
            put_together(scope, key, names, *entries);
    }
    if (count > 0)
        credentials_free(found, count);
    return ERROR_SUCCESS;
}

/* comment: under Wine, none would leave the one of an earlier credential there. */
static guint32 write_piece(const char *name, const char *comment, const char *label,
                           const char *bytes, gsize length)
{
    g_autofree wchar_t *wide = wh_windows_wide(name);
    g_autofree wchar_t *wide_comment = wh_windows_wide(comment);
    g_autofree wchar_t *wide_label = wh_windows_wide(label);
    CREDENTIALW credential = {
        .Type = CRED_TYPE_GENERIC,
        .TargetName = wide,
        .Comment = wide_comment,
        .CredentialBlobSize = (DWORD)length,
        .CredentialBlob = (BYTE *)bytes,
        .Persist = CRED_PERSIST_LOCAL_MACHINE,
        .UserName = wide_label,
    };

    if (wide_label != NULL && wcslen(wide_label) >= CRED_MAX_USERNAME_LENGTH)
        wide_label[CRED_MAX_USERNAME_LENGTH - 1] = L'\0';
    return CredWriteW(&credential, 0) ? ERROR_SUCCESS : GetLastError();
}

static guint32 remove_wide(const wchar_t *name)
{
    if (CredDeleteW(name, CRED_TYPE_GENERIC, 0))
        return ERROR_SUCCESS;
    guint32 code = GetLastError();
    return code == ERROR_NOT_FOUND ? ERROR_SUCCESS : code;
}

/* All further pieces but those that begin with `keep` (NULL: all). */
static guint32 sweep(const char *scope, const char *key, const char *keep)
{
    g_autofree char *first = name_of(scope, key, 0, 0);
    g_autofree char *prefix = g_strconcat(first, ":", NULL);
    PCREDENTIALW *found = NULL;
    DWORD count = 0;
    guint32 code = enumerate(prefix, &found, &count);

    for (DWORD i = 0; i < count; i++) {
        g_autofree char *name = own_name(found[i], prefix);
        if (name == NULL || (keep != NULL && g_str_has_prefix(name, keep)))
            continue;
        guint32 trouble = remove_wide(found[i]->TargetName);
        code = code == ERROR_SUCCESS ? trouble : code;
    }
    if (count > 0)
        credentials_free(found, count);
    return code;
}

static guint32 write_further(const char *scope, const char *key, const char *label,
                             const char *bytes, const Head *head)
{
    guint32 code = ERROR_SUCCESS;

    for (guint i = 1; code == ERROR_SUCCESS && i < head->pieces; i++) {
        g_autofree char *name = name_of(scope, key, head->generation, i);
        gsize offset = (gsize)i * WH_KEYRING_PIECE;

        code = write_piece(name, "", label, bytes + offset,
                           MIN(WH_KEYRING_PIECE, head->length - offset));
    }
    return code;
}

/* Of one whose first piece was not written. */
static void remove_further(const char *scope, const char *key, const Head *head)
{
    for (guint i = 1; i < head->pieces; i++) {
        g_autofree char *name = name_of(scope, key, head->generation, i);
        g_autofree wchar_t *wide = wh_windows_wide(name);
        remove_wide(wide);
    }
}

guint32 wh_keyring_manager_write(const char *scope, const char *key, const char *label,
                                 const char *bytes, gsize length)
{
    const Head head = {g_random_int(),
                       (guint)MAX(1, (length + WH_KEYRING_PIECE - 1) / WH_KEYRING_PIECE),
                       (guint)length};
    g_autofree char *first = name_of(scope, key, 0, 0);
    g_autofree char *keep = g_strdup_printf("%s:%08x:", first, head.generation);
    g_autofree char *comment =
        head.pieces > 1 ? g_strdup_printf(COMMENT_FORMAT, head.generation, head.pieces, head.length)
                        : g_strdup("");
    guint32 code = write_further(scope, key, label, bytes, &head);

    if (code == ERROR_SUCCESS)
        code = write_piece(first, comment, label, bytes, MIN(length, WH_KEYRING_PIECE));
    /* What cannot be removed now is removed with the next one; this one is whole. */
    if (code == ERROR_SUCCESS)
        sweep(scope, key, keep);
    else
        remove_further(scope, key, &head);
    return code;
}

guint32 wh_keyring_manager_remove(const char *scope, const char *key)
{
    g_autofree char *first = name_of(scope, key, 0, 0);
    g_autofree wchar_t *wide = wh_windows_wide(first);
    guint32 code = remove_wide(wide);
    guint32 further = sweep(scope, key, NULL);

    return code != ERROR_SUCCESS ? code : further;
}
