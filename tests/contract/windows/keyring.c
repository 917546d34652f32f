#include "platform/keyring.h"

#include "platform/windows/keyring_manager.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"
#include "tests/contract/keyring_adapter.h"
#include "tests/contract/windows/keyring_credentials.h"

#include <string.h>
#include <windows.h>

/* Needs the one above. */
#include <wincred.h>

gboolean wh_adapter_set_up(WhKeyringState state)
{
    wh_test_credentials_clear();
    wh_adapter_change(state);
    return state != WH_KEYRING_LOCKED;
}

void wh_adapter_tear_down(void)
{
    wh_test_credentials_clear();
}

gboolean wh_adapter_change(WhKeyringState state)
{
    DWORD code = state == WH_KEYRING_ABSENT ? ERROR_NO_SUCH_LOGON_SESSION : 0;

    wh_test_credentials()->enumerating = code;
    wh_test_credentials()->writing = code;
    return state != WH_KEYRING_LOCKED;
}

static PCREDENTIALW credential_of(const char *name)
{
    g_autofree wchar_t *wide = wh_windows_wide(name);
    PCREDENTIALW credential = NULL;

    return CredReadW(wide, CRED_TYPE_GENERIC, 0, &credential) ? credential : NULL;
}

static void append(GString *text, const char *name)
{
    PCREDENTIALW credential = credential_of(name);

    if (credential == NULL)
        return;
    g_assert_cmpuint(credential->Persist, ==, CRED_PERSIST_LOCAL_MACHINE);
    g_string_append_len(text, (const char *)credential->CredentialBlob,
                        credential->CredentialBlobSize);
    CredFree(credential);
}

char *wh_adapter_resting(const char *scope, const char *key)
{
    g_autofree char *name = g_strdup_printf("Wayhome:%s:%s", scope, key);
    g_autoptr(GString) text = g_string_new(NULL);
    PCREDENTIALW credential = credential_of(name);

    if (credential == NULL)
        return NULL;
    g_autofree char *comment = wh_windows_utf8(credential->Comment);
    g_auto(GStrv) words = g_strsplit(comment != NULL ? comment : "", " ", 3);
    guint pieces = g_strv_length(words) == 3 ? (guint)g_ascii_strtoull(words[1], NULL, 10) : 1;
    CredFree(credential);
    append(text, name);
    for (guint i = 1; i < pieces; i++) {
        g_autofree char *further = g_strdup_printf("%s:%s:%u", name, words[0], i);
        append(text, further);
    }
    return g_strdup(text->str);
}

char *wh_adapter_label(const char *scope, const char *key)
{
    g_autofree char *name = g_strdup_printf("Wayhome:%s:%s", scope, key);
    PCREDENTIALW credential = credential_of(name);

    if (credential == NULL)
        return NULL;
    char *label = wh_windows_utf8(credential->UserName);
    CredFree(credential);
    return label;
}

void wh_adapter_plant(const char *scope, const char *key, const char *text)
{
    g_autofree char *name = g_strdup_printf("Wayhome:%s:%s", scope, key);
    g_autofree wchar_t *wide = wh_windows_wide(name);

    if (text != NULL)
        wh_test_credentials_plant(name, NULL, text);
    else
        g_assert_true(CredDeleteW(wide, CRED_TYPE_GENERIC, 0));
}

typedef struct {
    WhKeyring *keyring;
    guint changes;
    guint answers;
    gint code;
} Fixture;

static void on_changed(gpointer data)
{
    ((Fixture *)data)->changes++;
}

static void on_done(const GError *error, gpointer data)
{
    Fixture *fixture = data;

    fixture->code = error != NULL ? error->code : -1;
    fixture->answers++;
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    wh_test_credentials_clear();
    fixture->keyring = wh_keyring_new("test", on_changed, fixture);
    wh_helper_for_count(&fixture->changes, 1);
    g_assert_cmpint(wh_keyring_state(fixture->keyring), ==, WH_KEYRING_OPEN);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    wh_keyring_free(fixture->keyring);
    wh_test_credentials_clear();
}

static void put(Fixture *fixture, const char *key, const char *text, gint code)
{
    guint before = fixture->answers;

    wh_keyring_put(fixture->keyring, key, "A label", text, strlen(text), on_done, fixture);
    wh_helper_for_count(&fixture->answers, before + 1);
    g_assert_cmpint(fixture->code, ==, code);
}

static void assert_rests(const char *key, const char *text)
{
    g_autofree char *resting = wh_adapter_resting("test", key);

    g_assert_cmpstr(resting, ==, text);
}

/* Read by a program that starts anew. */
static void assert_read(const char *key, const char *text)
{
    Fixture fresh = {0};
    gsize length = 0;

    fresh.keyring = wh_keyring_new("test", on_changed, &fresh);
    wh_helper_for_count(&fresh.changes, 1);
    g_assert_cmpstr(wh_keyring_lookup(fresh.keyring, key, &length), ==, text);
    g_assert_cmpuint(length, ==, text != NULL ? strlen(text) : 0);
    wh_keyring_free(fresh.keyring);
}

static void test_pieces(Fixture *fixture, gconstpointer data)
{
    static const gsize lengths[] = {0, 1, 2559, 2560, 2561, 4096, 5119, 5120, 5121, 65536};

    for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *text = g_strnfill(lengths[i], (char)('a' + i));

        put(fixture, "a", text, -1);
        assert_rests("a", text);
        assert_read("a", text);
        g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==,
                         MAX(1, (lengths[i] + 2559) / 2560));
    }
    put(fixture, "a", "short", -1);
    g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 1);
}

static void test_removes_all_pieces(Fixture *fixture, gconstpointer data)
{
    g_autofree char *text = g_strnfill(6000, 'x');

    put(fixture, "a", text, -1);
    put(fixture, "a.b", text, -1);
    wh_keyring_remove(fixture->keyring, "a", on_done, fixture);
    wh_helper_for_count(&fixture->answers, 3);
    g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 3);
    assert_read("a.b", text);
}

/* Cut short at each of its steps, the old one is still there and nothing of the new one. */
static void test_half_written(Fixture *fixture, gconstpointer data)
{
    g_autofree char *old = g_strnfill(6000, 'o');
    g_autofree char *new = g_strnfill(6000, 'n');

    put(fixture, "a", old, -1);
    for (guint after = 0; after < 3; after++) {
        wh_test_credentials()->after = after;
        wh_test_credentials()->writing = ERROR_DISK_FULL;
        put(fixture, "a", new, G_IO_ERROR_FAILED);
        wh_test_credentials()->writing = 0;
        assert_read("a", old);
        g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 3);
    }
    put(fixture, "a", new, -1);
    assert_read("a", new);
}

/* A piece is gone, or is another one, or what the first one says cannot be. */
static void test_not_whole(Fixture *fixture, gconstpointer data)
{
    static const char *const comments[] = {
        "0000000a 2 2563", "0000000a 1 3",     "0000000a 0 0",    "0000000a 9 3",   "0000000a 2",
        "something",       "0000000a 2 2561 ", "0000000A 2 2561", "-0000001 2 2561"};
    g_autofree char *piece = g_strnfill(WH_KEYRING_PIECE, 'x');
    g_autofree char *whole = g_strconcat(piece, "y", NULL);

    wh_test_credentials_plant("Wayhome:test:a:0000000a:1", NULL, "y");
    wh_test_credentials_plant("Wayhome:test:a", "0000000a 2 2561", piece);
    assert_read("a", whole);
    for (gsize i = 0; i < G_N_ELEMENTS(comments); i++) {
        wh_test_credentials_plant("Wayhome:test:a", comments[i], piece);
        assert_read("a", NULL);
    }
    wh_test_credentials_plant("Wayhome:test:a", "0000000b 2 2561", piece);
    assert_read("a", NULL);
    put(fixture, "a", "good", -1);
    assert_read("a", "good");
    g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 1);
}

/* What others keep under names like ours. */
static void test_names(Fixture *fixture, gconstpointer data)
{
    wh_test_credentials_plant("Wayhome:test:", NULL, "x");
    wh_test_credentials_plant("Wayhome:test:a:b", NULL, "x");
    wh_test_credentials_plant("Wayhome:test:A", NULL, "x");
    wh_test_credentials_plant("Wayhome:test2:a", NULL, "x");
    assert_read("a", NULL);
    wh_test_credentials_count("Wayhome:test2:", TRUE);
}

/* The system finds what differs in the case of letters as well. */
static void test_another_case(Fixture *fixture, gconstpointer data)
{
    wh_test_credentials_plant("wayhome:test:b", NULL, "x");
    wh_test_credentials_plant("WAYHOME:TEST:c", "0000000a 2 2561", "x");
    wh_test_credentials_plant("wayhome:test:a:0000000a:1", NULL, "x");
    g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 3);
    assert_read("b", NULL);
    assert_read("c", NULL);
    put(fixture, "a", "own", -1);
    assert_read("a", "own");
    g_assert_cmpuint(wh_test_credentials_count("Wayhome:test:", FALSE), ==, 4);
}

/* The system cannot say for a moment: what is known stays known. */
static void test_trouble(Fixture *fixture, gconstpointer data)
{
    gsize length = 0;
    guint answers;

    put(fixture, "a", "x", -1);
    wh_test_credentials()->enumerating = RPC_S_SERVER_UNAVAILABLE;
    answers = fixture->answers;
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    wh_helper_for_count(&fixture->answers, answers + 1);
    g_assert_cmpint(fixture->code, ==, G_IO_ERROR_FAILED);
    g_assert_cmpint(wh_keyring_state(fixture->keyring), ==, WH_KEYRING_OPEN);
    g_assert_cmpstr(wh_keyring_lookup(fixture->keyring, "a", &length), ==, "x");
}

static void test_unwritable_is_not_found(Fixture *fixture, gconstpointer data)
{
    gsize length = 0;
    guint changes;

    put(fixture, "a", "old", -1);
    wh_test_credentials()->writing = ERROR_DISK_FULL;
    changes = fixture->changes;
    put(fixture, "a", "new", G_IO_ERROR_FAILED);
    wh_helper_for_count(&fixture->changes, changes + 1);
    g_assert_cmpstr(wh_keyring_lookup(fixture->keyring, "a", &length), ==, "old");
}

static void test_long_label(Fixture *fixture, gconstpointer data)
{
    g_autofree char *label = g_strnfill(2000, 'l');

    wh_keyring_put(fixture->keyring, "a", label, "x", 1, on_done, fixture);
    wh_helper_for_count(&fixture->answers, 1);
    g_assert_cmpint(fixture->code, ==, -1);
    g_autofree char *seen = wh_adapter_label("test", "a");
    g_assert_cmpuint(strlen(seen), ==, 512);
}

typedef struct {
    WhKeyring *keyring;
    guint calls;
} Ending;

static void free_it(const GError *error, gpointer data)
{
    Ending *ending = data;

    ending->calls++;
    g_clear_pointer(&ending->keyring, wh_keyring_free);
}

static void ignore(gpointer data)
{
}

static void test_freed_by_an_answer(void)
{
    Ending ending = {0};

    wh_test_credentials_clear();
    ending.keyring = wh_keyring_new("test", ignore, NULL);
    for (int i = 0; i < 3; i++)
        wh_keyring_put(ending.keyring, "a", "x", "1", 1, free_it, &ending);
    wh_helper_for_count(&ending.calls, 1);
    wh_helper_settle();
    g_assert_cmpuint(ending.calls, ==, 1);
    wh_test_credentials_clear();
}

static gboolean is_waiting(gpointer data)
{
    return g_atomic_int_get(&wh_test_credentials()->waiting) > 0;
}

/* The threads wake no loop before they are done. */
static gboolean keep_turning(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

static void test_freed_while_it_works(Fixture *fixture, gconstpointer data)
{
    guint tick = g_timeout_add(5, keep_turning, NULL);
    Fixture never = {0};

    g_atomic_int_set(&wh_test_credentials()->slow, TRUE);
    wh_keyring_put(fixture->keyring, "a", "x", "1", 1, on_done, &never);
    wh_helper_until(is_waiting, NULL);
    g_clear_pointer(&fixture->keyring, wh_keyring_free);
    g_atomic_int_set(&wh_test_credentials()->slow, FALSE);
    fixture->keyring = wh_keyring_new("test", on_changed, fixture);
    wh_keyring_put(fixture->keyring, "b", "x", "2", 1, NULL, NULL);
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    wh_helper_for_count(&fixture->answers, 1);
    wh_helper_settle();
    g_assert_cmpuint(never.answers, ==, 0);
    g_source_remove(tick);
}

#define ADD(path, func) g_test_add("/keyring/windows/" path, Fixture, NULL, set_up, func, tear_down)

void wh_adapter_add_tests(void)
{
    ADD("pieces", test_pieces);
    ADD("removes-all-pieces", test_removes_all_pieces);
    ADD("half-written", test_half_written);
    ADD("not-whole", test_not_whole);
    ADD("names", test_names);
    ADD("another-case", test_another_case);
    ADD("trouble", test_trouble);
    ADD("unwritable-is-not-found", test_unwritable_is_not_found);
    ADD("long-label", test_long_label);
    ADD("freed-while-it-works", test_freed_while_it_works);
    g_test_add_func("/keyring/windows/freed-by-an-answer", test_freed_by_an_answer);
}
