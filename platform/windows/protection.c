#include "platform/windows/protection.h"

#include "platform/windows/text.h"

#include <dpapi.h>
#include <string.h>

#define FLAGS (CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN)
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/* Tells ours from what other programs sealed; it is no secret. */
static const char purpose[] = "org.wayhome.Wayhome sealed secret 1";

static DATA_BLOB blob_of(const void *bytes, gsize length)
{
    return (DATA_BLOB){(DWORD)length, (BYTE *)bytes};
}

static void blob_clear(DATA_BLOB *blob)
{
    if (blob->pbData != NULL)
        SecureZeroMemory(blob->pbData, blob->cbData);
    LocalFree(blob->pbData);
    *blob = (DATA_BLOB){0};
}

void wh_protection_wipe(char *bytes, gsize length)
{
    if (bytes != NULL)
        SecureZeroMemory(bytes, length);
    g_free(bytes);
}

/* The codes of other errors mean something to who asks. */
static char *fail(GError **error, guint32 code, const char *sentence)
{
    g_autofree char *reason = wh_windows_error_text(code);

    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", sentence, reason);
    return NULL;
}

static char *too_long(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                        "what came back is far too long");
    return NULL;
}

char *wh_protection_seal(const char *bytes, gsize length, gsize most, gsize *out, GError **error)
{
    DATA_BLOB in = blob_of(bytes, length);
    DATA_BLOB entropy = blob_of(purpose, sizeof purpose);
    DATA_BLOB sealed = {0};

    if (!CryptProtectData(&in, L"Wayhome", &entropy, NULL, NULL, FLAGS, &sealed))
        return fail(error, GetLastError(), "Windows does not protect it");
    char *text = g_base64_encode(sealed.pbData, sealed.cbData);
    blob_clear(&sealed);
    *out = strlen(text);
    if (*out <= most)
        return text;
    g_free(text);
    return too_long(error);
}

/* Whether the code speaks of what was sealed, or of a key that is not here; not of the system's own
 * trouble (no memory, the process that has the keys is not there yet). */
static gboolean is_about_the_data(guint32 code)
{
    static const guint32 codes[] = {
        ERROR_INVALID_DATA,         ERROR_INVALID_PARAMETER, ERROR_FILE_NOT_FOUND,
        ERROR_DECRYPTION_FAILED,    (guint32)NTE_BAD_DATA,   (guint32)NTE_BAD_KEY,
        (guint32)NTE_BAD_KEY_STATE, (guint32)NTE_BAD_HASH,   (guint32)NTE_BAD_SIGNATURE,
        (guint32)NTE_BAD_VER,       (guint32)NTE_BAD_ALGID,  (guint32)NTE_BAD_LEN,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
        if (codes[i] == code)
            return TRUE;
    return FALSE;
}

static char *damaged(GError **error)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                        "it is damaged, or was sealed on another computer");
    return NULL;
}

/* NULL: it is none of ours. GLib's own function passes over letters that do not belong there. */
static guchar *decoded(const char *text, gsize length, gsize *size)
{
    g_autofree char *ended = g_strndup(text, length);
    gsize letters = strspn(ended, LETTERS);
    gsize fill = length - letters;

    if (length == 0 || length % 4 != 0 || fill > 2 || strspn(ended + letters, "=") != fill)
        return NULL;
    return g_base64_decode(ended, size);
}

static char *copied(const DATA_BLOB *blob)
{
    char *bytes = g_malloc0((gsize)blob->cbData + 1);

    if (blob->cbData > 0)
        memcpy(bytes, blob->pbData, blob->cbData);
    return bytes;
}

char *wh_protection_unseal(const char *text, gsize length, gsize most, gsize *out, GError **error)
{
    gsize size = 0;
    g_autofree guchar *sealed = decoded(text, length, &size);
    DATA_BLOB in = blob_of(sealed, size);
    DATA_BLOB entropy = blob_of(purpose, sizeof purpose);
    DATA_BLOB plain = {0};
    char *bytes = NULL;

    if (sealed == NULL)
        return damaged(error);
    if (!CryptUnprotectData(&in, NULL, &entropy, NULL, NULL, FLAGS, &plain)) {
        guint32 code = GetLastError();
        return is_about_the_data(code) ? damaged(error)
                                       : fail(error, code, "Windows does not open it");
    }
    if (plain.cbData <= most) {
        bytes = copied(&plain);
        *out = plain.cbData;
    } else {
        too_long(error);
    }
    blob_clear(&plain);
    return bytes;
}
