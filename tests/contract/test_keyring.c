#include "platform/keyring.h"
#include "tests/contract/helper.h"
#include "tests/contract/keyring_adapter.h"

#include <string.h>

typedef struct {
    WhKeyring *keyring;
    guint changes;
    guint answers;
    GError *error; /* of the last answer */
    gboolean available;
} Fixture;

static void on_changed(gpointer data)
{
    Fixture *fixture = data;

    fixture->changes++;
}

static void on_done(const GError *error, gpointer data)
{
    Fixture *fixture = data;

    g_clear_error(&fixture->error);
    fixture->error = error != NULL ? g_error_copy(error) : NULL;
    fixture->answers++;
}

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->available = wh_adapter_set_up((WhKeyringState)GPOINTER_TO_INT(data));
    if (fixture->available)
        fixture->keyring = wh_keyring_new("test", on_changed, fixture);
    else
        g_test_skip("There is no keyring to test with");
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    wh_keyring_free(fixture->keyring);
    g_clear_error(&fixture->error);
    if (fixture->available)
        wh_adapter_tear_down();
}

typedef struct {
    Fixture *fixture;
    WhKeyringState state;
} Expected;

static gboolean has_state(gpointer data)
{
    const Expected *expected = data;

    return wh_keyring_state(expected->fixture->keyring) == expected->state;
}

static void until_state(Fixture *fixture, WhKeyringState state)
{
    Expected expected = {fixture, state};

    wh_helper_until(has_state, &expected);
}

/* Waits for the answer to what was just asked. */
static void answered(Fixture *fixture, guint before, gint code)
{
    wh_helper_for_count(&fixture->answers, before + 1);
    g_assert_cmpuint(fixture->answers, ==, before + 1);
    if (code < 0)
        g_assert_no_error(fixture->error);
    else
        g_assert_error(fixture->error, G_IO_ERROR, code);
}

static void put(Fixture *fixture, const char *key, const char *text, gint code)
{
    guint before = fixture->answers;

    wh_keyring_put(fixture->keyring, key, "A label", text, strlen(text), on_done, fixture);
    g_assert_cmpuint(fixture->answers, ==, before);
    answered(fixture, before, code);
}

static void remove_key(Fixture *fixture, const char *key, gint code)
{
    guint before = fixture->answers;

    wh_keyring_remove(fixture->keyring, key, on_done, fixture);
    answered(fixture, before, code);
}

static void found(Fixture *fixture, const char *key, const char *text)
{
    gsize length = 99;
    const char *bytes = wh_keyring_lookup(fixture->keyring, key, &length);

    g_assert_cmpstr(bytes, ==, text);
    g_assert_cmpuint(length, ==, text != NULL ? strlen(text) : 99);
}

static void rests(const char *key, const char *text)
{
    g_autofree char *resting = wh_adapter_resting("test", key);

    g_assert_cmpstr(resting, ==, text);
}

static void test_keeps_and_replaces(Fixture *fixture, gconstpointer data)
{
    g_autofree char *label = NULL;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    found(fixture, "a.token", NULL);
    put(fixture, "a.token", "first", -1);
    put(fixture, "b.token", "other \xc3\xa9 \"\\", -1);
    put(fixture, "a.token", "second", -1);
    found(fixture, "a.token", "second");
    found(fixture, "b.token", "other \xc3\xa9 \"\\");
    rests("a.token", "second");
    label = wh_adapter_label("test", "a.token");
    g_assert_cmpstr(label, ==, "A label");
}

static void test_found_at_once(Fixture *fixture, gconstpointer data)
{
    guint before;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    before = fixture->answers;
    wh_keyring_put(fixture->keyring, "a", "x", "1", 1, on_done, fixture);
    found(fixture, "a", "1");
    wh_keyring_put(fixture->keyring, "a", "x", "2", 1, on_done, fixture);
    wh_keyring_put(fixture->keyring, "b", "x", "3", 1, NULL, NULL);
    found(fixture, "a", "2");
    wh_keyring_remove(fixture->keyring, "b", on_done, fixture);
    found(fixture, "b", NULL);
    wh_helper_for_count(&fixture->answers, before + 3);
    g_assert_no_error(fixture->error);
    found(fixture, "a", "2");
    found(fixture, "b", NULL);
    rests("a", "2");
    rests("b", NULL);
}

/* Before it is known how things are. */
static void test_put_while_looking(Fixture *fixture, gconstpointer data)
{
    if (!fixture->available)
        return;
    g_assert_cmpint(wh_keyring_state(fixture->keyring), ==, WH_KEYRING_LOOKING);
    found(fixture, "a", NULL);
    put(fixture, "a", "early", -1);
    found(fixture, "a", "early");
    rests("a", "early");
}

static void test_remove(Fixture *fixture, gconstpointer data)
{
    g_auto(GStrv) keys = NULL;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "x", -1);
    put(fixture, "b", "y", -1);
    remove_key(fixture, "a", -1);
    remove_key(fixture, "a", -1);
    found(fixture, "a", NULL);
    found(fixture, "b", "y");
    rests("a", NULL);
    keys = wh_keyring_keys(fixture->keyring);
    g_assert_cmpuint(g_strv_length(keys), ==, 1);
    g_assert_cmpstr(keys[0], ==, "b");
}

static void test_again(Fixture *fixture, gconstpointer data)
{
    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "kept", -1);
    wh_keyring_free(fixture->keyring);
    fixture->keyring = wh_keyring_new("test", on_changed, fixture);
    until_state(fixture, WH_KEYRING_OPEN);
    found(fixture, "a", "kept");
}

static void test_scopes(Fixture *fixture, gconstpointer data)
{
    g_autoptr(WhKeyring) other = NULL;
    Fixture second = {.available = TRUE};

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "mine", -1);
    other = wh_keyring_new("other", on_changed, &second);
    second.keyring = other;
    until_state(&second, WH_KEYRING_OPEN);
    found(&second, "a", NULL);
    put(&second, "a", "theirs", -1);
    remove_key(&second, "a", -1);
    wh_helper_settle();
    found(fixture, "a", "mine");
    rests("a", "mine");
}

static void test_limits(Fixture *fixture, gconstpointer data)
{
    g_autofree char *longest = g_strnfill(100, 'k');
    g_autofree char *too_long = g_strnfill(101, 'k');
    g_autofree char *large = g_strnfill(65536, 'x');
    g_autofree char *too_large = g_strnfill(65537, 'x');
    const char *bad[] = {"", "A", "a/b", "a b", "\xc3\xa4", too_long};

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        put(fixture, bad[i], "x", G_IO_ERROR_INVALID_ARGUMENT);
        found(fixture, bad[i], NULL);
    }
    put(fixture, longest, "x", -1);
    put(fixture, "large", large, -1);
    rests("large", large);
    put(fixture, "large", too_large, G_IO_ERROR_MESSAGE_TOO_LARGE);
    found(fixture, "large", large);
}

typedef struct {
    Fixture *fixture;
    const char *key;
    const char *text;
} Sight;

static gboolean is_seen(gpointer data)
{
    const Sight *sight = data;
    gsize length;

    return g_strcmp0(wh_keyring_lookup(sight->fixture->keyring, sight->key, &length),
                     sight->text) == 0;
}

/* Somebody else removes and replaces. */
static void test_behind_our_back(Fixture *fixture, gconstpointer data)
{
    Sight gone = {fixture, "a", NULL};
    Sight other = {fixture, "b", "changed"};
    guint changes;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "x", -1);
    put(fixture, "b", "y", -1);
    changes = fixture->changes;
    wh_adapter_plant("test", "a", NULL);
    wh_helper_until(is_seen, &gone);
    g_assert_cmpuint(fixture->changes, >, changes);
    wh_adapter_plant("test", "b", "changed");
    wh_helper_until(is_seen, &other);
    found(fixture, "a", NULL);
}

/* Locked is neither empty nor a reason to ask. */
static void test_locked(Fixture *fixture, gconstpointer data)
{
    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_LOCKED);
    found(fixture, "a", NULL);
    put(fixture, "a", "x", G_IO_ERROR_PERMISSION_DENIED);
    remove_key(fixture, "a", G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpint(wh_keyring_state(fixture->keyring), ==, WH_KEYRING_LOCKED);
    wh_adapter_change(WH_KEYRING_OPEN);
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "x", -1);
    rests("a", "x");
}

static void test_locked_again(Fixture *fixture, gconstpointer data)
{
    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    put(fixture, "a", "x", -1);
    for (int i = 0; i < 3; i++) {
        if (!wh_adapter_change(WH_KEYRING_LOCKED)) {
            g_test_skip("No keyring is ever locked here");
            return;
        }
        until_state(fixture, WH_KEYRING_LOCKED);
        found(fixture, "a", NULL);
        put(fixture, "a", "y", G_IO_ERROR_PERMISSION_DENIED);
        wh_adapter_change(WH_KEYRING_OPEN);
        until_state(fixture, WH_KEYRING_OPEN);
        found(fixture, "a", "x");
    }
}

static void test_absent(Fixture *fixture, gconstpointer data)
{
    guint before;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_ABSENT);
    put(fixture, "a", "x", G_IO_ERROR_NOT_FOUND);
    remove_key(fixture, "a", G_IO_ERROR_NOT_FOUND);
    before = fixture->answers;
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    answered(fixture, before, G_IO_ERROR_NOT_FOUND);
}

static void test_declined(Fixture *fixture, gconstpointer data)
{
    guint before;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_LOCKED);
    before = fixture->answers;
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    answered(fixture, before, G_IO_ERROR_CANCELLED);
    g_assert_cmpint(wh_keyring_state(fixture->keyring), ==, WH_KEYRING_LOCKED);
}

static void test_unlock_open(Fixture *fixture, gconstpointer data)
{
    guint before;

    if (!fixture->available)
        return;
    until_state(fixture, WH_KEYRING_OPEN);
    before = fixture->answers;
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    answered(fixture, before, -1);
}

/* With everything under way: nothing is called any more. */
static void test_freed(Fixture *fixture, gconstpointer data)
{
    if (!fixture->available)
        return;
    g_clear_pointer(&fixture->keyring, wh_keyring_free);
    fixture->keyring = wh_keyring_new("test", on_changed, fixture);
    until_state(fixture, WH_KEYRING_OPEN);
    wh_keyring_put(fixture->keyring, "a", "x", "1", 1, on_done, fixture);
    wh_keyring_remove(fixture->keyring, "a", on_done, fixture);
    wh_keyring_unlock(fixture->keyring, on_done, fixture);
    fixture->changes = 0;
    g_clear_pointer(&fixture->keyring, wh_keyring_free);
    fixture->keyring = wh_keyring_new("other", on_changed, fixture);
    until_state(fixture, WH_KEYRING_OPEN);
    g_assert_cmpuint(fixture->answers, ==, 0);
}

#define ADD(path, state, func)                                                                     \
    g_test_add("/keyring/" path, Fixture, GINT_TO_POINTER(state), set_up, func, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("keeps-and-replaces", WH_KEYRING_OPEN, test_keeps_and_replaces);
    ADD("found-at-once", WH_KEYRING_OPEN, test_found_at_once);
    ADD("put-while-looking", WH_KEYRING_OPEN, test_put_while_looking);
    ADD("remove", WH_KEYRING_OPEN, test_remove);
    ADD("again", WH_KEYRING_OPEN, test_again);
    ADD("scopes", WH_KEYRING_OPEN, test_scopes);
    ADD("limits", WH_KEYRING_OPEN, test_limits);
    ADD("behind-our-back", WH_KEYRING_OPEN, test_behind_our_back);
    ADD("locked", WH_KEYRING_LOCKED, test_locked);
    ADD("locked-again", WH_KEYRING_OPEN, test_locked_again);
    ADD("absent", WH_KEYRING_ABSENT, test_absent);
    ADD("declined", WH_KEYRING_LOCKED, test_declined);
    ADD("unlock-open", WH_KEYRING_OPEN, test_unlock_open);
    ADD("freed", WH_KEYRING_OPEN, test_freed);
    wh_adapter_add_tests();
    return g_test_run();
}
