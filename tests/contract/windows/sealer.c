#include "platform/sealer.h"

#include "platform/windows/protection.h"
#include "tests/contract/helper.h"
#include "tests/contract/sealer_adapter.h"

#include <string.h>
#include <windows.h>

/* Needs the one above. */
#include <dpapi.h>

#define COUNTED "hunter2, which is counted"

/* Real ones are called with what makes another key of theirs. */
typedef struct {
    GMutex lock;
    GCond changed;
    gboolean fails;
    gboolean slow;
    DWORD code;
    guint key;
    guint inside;
    guint most;
} World;

static World *world(void)
{
    static World world;

    return &world;
}

/* FALSE: it is to fail. Threads of a sealer of an earlier test may still come: only what has a
 * length of its own is counted. */
static gboolean enter(const DATA_BLOB *in)
{
    guint counted = in->cbData == strlen(COUNTED) ? 1 : 0;

    g_mutex_lock(&world()->lock);
    world()->inside += counted;
    world()->most = MAX(world()->most, world()->inside);
    while (world()->slow)
        g_cond_wait(&world()->changed, &world()->lock);
    world()->inside -= counted;
    gboolean works = !world()->fails;
    g_mutex_unlock(&world()->lock);
    SetLastError(world()->code);
    return works;
}

static DATA_BLOB other_key(const DATA_BLOB *entropy)
{
    DATA_BLOB other = {entropy->cbData + 1, g_malloc(entropy->cbData + 1)};

    memcpy(other.pbData, entropy->pbData, entropy->cbData);
    other.pbData[entropy->cbData] = (BYTE)world()->key;
    return other;
}

static gboolean is_as_it_should_be(DWORD flags, const void *prompt)
{
    return prompt == NULL && flags == (CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN);
}

typedef BOOL(WINAPI *Protect)(DATA_BLOB *, LPCWSTR, DATA_BLOB *, PVOID, CRYPTPROTECT_PROMPTSTRUCT *,
                              DWORD, DATA_BLOB *);
typedef BOOL(WINAPI *Unprotect)(DATA_BLOB *, LPWSTR *, DATA_BLOB *, PVOID,
                                CRYPTPROTECT_PROMPTSTRUCT *, DWORD, DATA_BLOB *);

static void *real(const char *name)
{
    return (void *)GetProcAddress(LoadLibraryW(L"crypt32.dll"), name);
}

static BOOL WINAPI protect(DATA_BLOB *in, LPCWSTR text, DATA_BLOB *entropy, PVOID reserved,
                           CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out)
{
    DATA_BLOB key = other_key(entropy);
    Protect call = (Protect)real("CryptProtectData");
    BOOL done = is_as_it_should_be(flags, prompt) && enter(in) &&
                call(in, text, &key, reserved, prompt, flags, out);

    g_free(key.pbData);
    return done;
}

static BOOL WINAPI unprotect(DATA_BLOB *in, LPWSTR *text, DATA_BLOB *entropy, PVOID reserved,
                             CRYPTPROTECT_PROMPTSTRUCT *prompt, DWORD flags, DATA_BLOB *out)
{
    DATA_BLOB key = other_key(entropy);
    Unprotect call = (Unprotect)real("CryptUnprotectData");
    BOOL done = is_as_it_should_be(flags, prompt) && enter(in) &&
                call(in, text, &key, reserved, prompt, flags, out);

    g_free(key.pbData);
    return done;
}

/* In place of what the import library has: the linker takes what is here already. */
extern const Protect __imp_CryptProtectData;
extern const Unprotect __imp_CryptUnprotectData;
const Protect __imp_CryptProtectData = protect;
const Unprotect __imp_CryptUnprotectData = unprotect;

WhSealer *wh_adapter_sealer_new(WhAdapterSealer mode)
{
    world()->fails = mode == WH_ADAPTER_SEALER_FAILS;
    world()->code = RPC_S_SERVER_UNAVAILABLE;
    world()->key = 1;
    world()->most = 0;
    return mode != WH_ADAPTER_SEALER_ABSENT ? wh_sealer_new(NULL) : NULL;
}

void wh_adapter_sealer_replace_key(void)
{
    world()->key = 2;
}

void wh_adapter_sealer_set_slow(gboolean slow)
{
    g_mutex_lock(&world()->lock);
    world()->slow = slow;
    g_cond_broadcast(&world()->changed);
    g_mutex_unlock(&world()->lock);
}

void wh_adapter_sealer_end(void)
{
    wh_adapter_sealer_set_slow(FALSE);
}

typedef struct {
    guint calls;
    GError *error;
} Answer;

static void on_done(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Answer *answer = data;

    answer->calls++;
    g_clear_error(&answer->error);
    answer->error = error != NULL ? g_error_copy(error) : NULL;
}

static gboolean has_four(gpointer data)
{
    g_mutex_lock(&world()->lock);
    gboolean four = world()->inside >= 4;
    g_mutex_unlock(&world()->lock);
    return four;
}

/* The threads wake no loop before they have an answer. */
static gboolean keep_turning(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

static void test_four_at_a_time(void)
{
    WhSealer *sealer = wh_adapter_sealer_new(WH_ADAPTER_SEALER_WORKS);
    Answer answer = {0};
    guint tick = g_timeout_add(5, keep_turning, NULL);

    wh_adapter_sealer_set_slow(TRUE);
    for (guint i = 0; i < 12; i++)
        wh_sealer_seal(sealer, COUNTED, strlen(COUNTED), on_done, &answer);
    wh_helper_until(has_four, NULL);
    wh_adapter_sealer_set_slow(FALSE);
    wh_helper_for_count(&answer.calls, 12);
    g_assert_no_error(answer.error);
    g_assert_cmpuint(world()->most, ==, 4);
    g_source_remove(tick);
    wh_sealer_free(sealer);
}

/* The system's own trouble says nothing about what was sealed. */
static void test_trouble_is_not_damage(void)
{
    static const struct {
        DWORD code;
        gboolean damaged;
    } cases[] = {
        {RPC_S_SERVER_UNAVAILABLE, FALSE}, {ERROR_NOT_ENOUGH_MEMORY, FALSE},
        {ERROR_INVALID_DATA, TRUE},        {(DWORD)NTE_BAD_KEY_STATE, TRUE},
        {ERROR_FILE_NOT_FOUND, TRUE},
    };
    WhSealer *sealer = wh_adapter_sealer_new(WH_ADAPTER_SEALER_FAILS);
    Answer answer = {0};

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        world()->code = cases[i].code;
        wh_sealer_unseal(sealer, "aGVsbG8gd29ybGQ=", 16, on_done, &answer);
        wh_helper_for_count(&answer.calls, i + 1);
        g_assert_nonnull(answer.error);
        g_assert_cmpint(g_error_matches(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA), ==,
                        cases[i].damaged);
        g_assert_false(g_error_matches(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
    }
    world()->code = ERROR_FILE_NOT_FOUND;
    wh_sealer_seal(sealer, "hunter2", 7, on_done, &answer);
    wh_helper_for_count(&answer.calls, G_N_ELEMENTS(cases) + 1);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_FAILED);
    g_clear_error(&answer.error);
    wh_sealer_free(sealer);
}

static void test_bounds(void)
{
    static const char *const texts[] = {
        "",      "=",     "====",  "a===",       "ab=c",     "abc",
        "abcd=", "ab==a", "abc\n", "ab\xc3\xa4", "abcd====", "AAAA"};
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    wh_sealer_free(wh_adapter_sealer_new(WH_ADAPTER_SEALER_WORKS));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_assert_null(wh_protection_unseal(texts[i], strlen(texts[i]), 100, &length, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
        g_clear_error(&error);
    }
    g_autofree char *sealed = wh_protection_seal("hunter2", 7, 4096, &length, &error);
    g_assert_no_error(error);
    g_autofree char *with_more = g_strconcat("!!!!", sealed, NULL);
    g_assert_null(wh_protection_unseal(with_more, length + 4, 100, &length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    g_clear_error(&error);
    g_assert_null(wh_protection_unseal(sealed, length, 6, &length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
    g_clear_error(&error);
    g_assert_null(wh_protection_seal("hunter2", 7, 100, &length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* Wherever a letter of it is another one, it is refused or opens as what it was; it is never
 * something else. */
static void test_every_letter(void)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    wh_sealer_free(wh_adapter_sealer_new(WH_ADAPTER_SEALER_WORKS));
    g_autofree char *sealed = wh_protection_seal("hunter2", 7, 4096, &length, &error);
    g_assert_no_error(error);
    for (gsize i = 0; i < length; i++) {
        char before = sealed[i];
        gsize opened_length = 0;
        g_autoptr(GError) trouble = NULL;

        sealed[i] = before == 'A' ? 'B' : 'A';
        char *opened = wh_protection_unseal(sealed, length, 4096, &opened_length, &trouble);
        if (opened != NULL)
            wh_helper_assert_bytes(opened, opened_length, "hunter2", 7);
        wh_protection_wipe(opened, opened_length);
        sealed[i] = before;
    }
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/sealer/windows/four-at-a-time", test_four_at_a_time);
    g_test_add_func("/sealer/windows/trouble-is-not-damage", test_trouble_is_not_damage);
    g_test_add_func("/sealer/windows/bounds", test_bounds);
    g_test_add_func("/sealer/windows/every-letter", test_every_letter);
}
