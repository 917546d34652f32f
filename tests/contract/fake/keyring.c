#include "platform/keyring.h"

#include "platform/fake/fake.h"
#include "platform/fake/keyring_fake.h"
#include "tests/contract/helper.h"
#include "tests/contract/keyring_adapter.h"

#define NO_ANSWER (-2)

gboolean wh_adapter_set_up(WhKeyringState state)
{
    wh_fake_reset();
    wh_fake_keyring_set_state(state);
    return TRUE;
}

void wh_adapter_tear_down(void)
{
    wh_fake_reset();
}

gboolean wh_adapter_change(WhKeyringState state)
{
    wh_fake_keyring_set_state(state);
    return TRUE;
}

char *wh_adapter_resting(const char *scope, const char *key)
{
    return g_strdup(wh_fake_keyring_resting(scope, key));
}

char *wh_adapter_label(const char *scope, const char *key)
{
    return g_strdup(wh_fake_keyring_label(scope, key));
}

void wh_adapter_plant(const char *scope, const char *key, const char *text)
{
    wh_fake_keyring_plant(scope, key, text);
}

static void ignore(gpointer data)
{
}

static void on_done(const GError *error, gpointer data)
{
    gint *code = data;

    *code = error != NULL ? error->code : -1;
}

static gboolean has_code(gpointer data)
{
    return *(gint *)data != NO_ANSWER;
}

static void test_password_known(void)
{
    gint code = NO_ANSWER;
    WhKeyring *keyring;

    wh_fake_reset();
    wh_fake_keyring_set_state(WH_KEYRING_LOCKED);
    wh_fake_keyring_set_password_known(TRUE);
    keyring = wh_keyring_new("s", ignore, NULL);
    wh_keyring_unlock(keyring, on_done, &code);
    wh_helper_until(has_code, &code);
    g_assert_cmpint(code, ==, -1);
    g_assert_cmpint(wh_keyring_state(keyring), ==, WH_KEYRING_OPEN);
    g_assert_cmpuint(wh_fake_keyring_questions(), ==, 1);
    wh_keyring_free(keyring);
    wh_fake_reset();
}

static void test_broken(void)
{
    gint code = NO_ANSWER;
    WhKeyring *keyring;
    gsize length;

    wh_fake_reset();
    wh_fake_keyring_set_state(WH_KEYRING_OPEN);
    wh_fake_keyring_set_broken(TRUE);
    keyring = wh_keyring_new("s", ignore, NULL);
    wh_helper_settle();
    wh_keyring_put(keyring, "a", "x", "1", 1, on_done, &code);
    wh_helper_until(has_code, &code);
    wh_helper_settle();
    g_assert_cmpint(code, ==, G_IO_ERROR_FAILED);
    g_assert_null(wh_keyring_lookup(keyring, "a", &length));
    wh_keyring_free(keyring);
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/keyring/fake/password-known", test_password_known);
    g_test_add_func("/keyring/fake/broken", test_broken);
}
