#include "platform/secret_store.h"

#include "platform/fake/fake.h"
#include "tests/contract/secret_store_adapter.h"

void wh_adapter_damage(const char *folder, const char *key)
{
    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_DAMAGED);
}

gboolean wh_adapter_deny(const char *folder, const char *key, gboolean denied)
{
    wh_fake_secret_store_set_failure(denied ? WH_FAKE_SECRET_STORE_LOCKED
                                            : WH_FAKE_SECRET_STORE_WORKS);
    return TRUE;
}

void wh_adapter_repair(void)
{
    wh_fake_reset();
}

static void test_full(void)
{
    g_autoptr(WhSecretStore) store = wh_secret_store_open("/s", NULL);
    g_autoptr(GError) error = NULL;

    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_FULL);
    g_assert_false(wh_secret_store_put(store, "a", "x", 1, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    wh_fake_reset();
}

static void test_cannot_be_opened(void)
{
    g_autoptr(GError) error = NULL;

    wh_fake_secret_store_set_failure(WH_FAKE_SECRET_STORE_DENIED);
    g_assert_null(wh_secret_store_open("/s", &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    wh_fake_reset();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/secret-store/fake/full", test_full);
    g_test_add_func("/secret-store/fake/cannot-be-opened", test_cannot_be_opened);
}
