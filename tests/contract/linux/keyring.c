#include "platform/keyring.h"

#include "tests/contract/helper.h"
#include "tests/contract/keyring_adapter.h"
#include "tests/contract/linux/keyring_daemon.h"
#include "tests/contract/linux/keyring_wrong.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <string.h>

typedef struct {
    WhTestKeyring *daemon;
    gboolean tried;
    gboolean no_library;
} World;

static World *the_world(void)
{
    static World world;

    if (!world.tried)
        world.daemon = wh_test_keyring_new();
    world.tried = TRUE;
    return &world;
}

/* In place of GLib's, so that a system without the library can be had. */
GModule *g_module_open(const gchar *file_name, GModuleFlags flags)
{
    GModule *(*real)(const gchar *, GModuleFlags) = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "g_module_open");
    return the_world()->no_library ? NULL : real(file_name, flags);
}

gboolean wh_adapter_set_up(WhKeyringState state)
{
    World *world = the_world();

    if (world->daemon == NULL)
        return FALSE;
    if (state != WH_KEYRING_ABSENT)
        wh_test_keyring_start(world->daemon, state == WH_KEYRING_OPEN);
    return TRUE;
}

/* Turns the loop until what is under way at the freed keyring has ended with its daemon. */
void wh_adapter_tear_down(void)
{
    wh_test_keyring_stop(the_world()->daemon);
    wh_helper_settle();
}

gboolean wh_adapter_change(WhKeyringState state)
{
    if (state == WH_KEYRING_OPEN)
        wh_test_keyring_unlock(the_world()->daemon);
    else if (state == WH_KEYRING_LOCKED)
        wh_test_keyring_lock(the_world()->daemon);
    else
        wh_test_keyring_stop(the_world()->daemon);
    return TRUE;
}

char *wh_adapter_resting(const char *scope, const char *key)
{
    g_autofree char *item = wh_test_keyring_find(the_world()->daemon, scope, key);

    return item != NULL ? wh_test_keyring_secret(the_world()->daemon, item) : NULL;
}

char *wh_adapter_label(const char *scope, const char *key)
{
    g_autofree char *item = wh_test_keyring_find(the_world()->daemon, scope, key);

    return item != NULL ? wh_test_keyring_label(the_world()->daemon, item) : NULL;
}

void wh_adapter_plant(const char *scope, const char *key, const char *text)
{
    g_autofree char *item = wh_test_keyring_find(the_world()->daemon, scope, key);

    if (item != NULL)
        wh_test_keyring_delete(the_world()->daemon, item);
    if (text != NULL)
        wh_test_keyring_create(the_world()->daemon, scope, key, text);
}

static void on_changed(gpointer data)
{
    guint *changes = data;

    (*changes)++;
}

typedef struct {
    WhKeyring *keyring;
    WhKeyringState state;
} Expected;

static gboolean has_state(gpointer data)
{
    const Expected *expected = data;

    return wh_keyring_state(expected->keyring) == expected->state;
}

static void until_state(WhKeyring *keyring, WhKeyringState state)
{
    Expected expected = {keyring, state};

    wh_helper_until(has_state, &expected);
}

static void test_no_library(void)
{
    World *world = the_world();
    guint changes = 0;
    WhKeyring *keyring;

    if (!wh_adapter_set_up(WH_KEYRING_OPEN)) {
        g_test_skip("There is no keyring to test with");
        return;
    }
    world->no_library = TRUE;
    keyring = wh_keyring_new("test", on_changed, &changes);
    until_state(keyring, WH_KEYRING_ABSENT);
    g_assert_cmpuint(changes, ==, 1);
    world->no_library = FALSE;
    wh_keyring_free(keyring);
    wh_adapter_tear_down();
}

/* Known at once, and without a bus that GDBus would start. */
static void test_no_bus(void)
{
    g_autofree char *address = g_strdup(g_getenv("DBUS_SESSION_BUS_ADDRESS"));
    g_autofree char *folder = g_strdup(g_getenv("XDG_RUNTIME_DIR"));
    guint changes = 0;
    WhKeyring *keyring;

    g_unsetenv("DBUS_SESSION_BUS_ADDRESS");
    g_unsetenv("XDG_RUNTIME_DIR");
    keyring = wh_keyring_new("test", on_changed, &changes);
    g_assert_cmpint(wh_keyring_state(keyring), ==, WH_KEYRING_ABSENT);
    wh_keyring_free(keyring);
    if (address != NULL)
        g_setenv("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
    if (folder != NULL)
        g_setenv("XDG_RUNTIME_DIR", folder, TRUE);
}

/* It comes after us, goes, and comes back locked. */
static void test_comes_and_goes(void)
{
    World *world = the_world();
    guint changes = 0;
    gsize length = 0;
    WhKeyring *keyring;

    if (!wh_adapter_set_up(WH_KEYRING_ABSENT)) {
        g_test_skip("There is no keyring to test with");
        return;
    }
    keyring = wh_keyring_new("test", on_changed, &changes);
    until_state(keyring, WH_KEYRING_ABSENT);
    wh_test_keyring_start(world->daemon, TRUE);
    until_state(keyring, WH_KEYRING_OPEN);
    wh_keyring_put(keyring, "a", "A label", "x", 1, NULL, NULL);
    wh_test_keyring_stop(world->daemon);
    until_state(keyring, WH_KEYRING_ABSENT);
    g_assert_null(wh_keyring_lookup(keyring, "a", &length));
    wh_test_keyring_restart(world->daemon);
    until_state(keyring, WH_KEYRING_LOCKED);
    wh_test_keyring_unlock(world->daemon);
    until_state(keyring, WH_KEYRING_OPEN);
    wh_keyring_free(keyring);
    wh_adapter_tear_down();
}

typedef struct {
    gboolean came;
    gint code;
} Answer;

static void on_done(const GError *error, gpointer data)
{
    Answer *answer = data;

    answer->came = TRUE;
    answer->code = error != NULL ? error->code : -1;
}

static gboolean has_come(gpointer data)
{
    return ((Answer *)data)->came;
}

/* Who never had a keyring makes one by "unlocking" it; nothing is asked before that. */
static void test_no_collection(void)
{
    World *world = the_world();
    Answer put = {0};
    Answer again = {0};
    Answer unlock = {0};
    guint changes = 0;
    WhKeyring *keyring;

    if (!wh_adapter_set_up(WH_KEYRING_ABSENT)) {
        g_test_skip("There is no keyring to test with");
        return;
    }
    wh_test_keyring_start_empty(world->daemon);
    keyring = wh_keyring_new("test", on_changed, &changes);
    until_state(keyring, WH_KEYRING_LOCKED);
    wh_keyring_put(keyring, "a", "A label", "x", 1, on_done, &put);
    wh_helper_until(has_come, &put);
    g_assert_cmpint(put.code, ==, G_IO_ERROR_PERMISSION_DENIED);
    /* Without a screen the question is never answered: freed while it is open. */
    wh_keyring_unlock(keyring, on_done, &unlock);
    wh_keyring_put(keyring, "a", "A label", "x", 1, on_done, &again);
    wh_helper_until(has_come, &again);
    g_assert_cmpint(wh_keyring_state(keyring), ==, WH_KEYRING_LOCKED);
    wh_keyring_free(keyring);
    wh_adapter_tear_down();
    g_assert_false(unlock.came);
}

static void test_end_of_the_bus(void)
{
    World *world = the_world();
    guint changes = 0;
    WhKeyring *keyring;

    if (!wh_adapter_set_up(WH_KEYRING_OPEN)) {
        g_test_skip("There is no keyring to test with");
        return;
    }
    keyring = wh_keyring_new("test", on_changed, &changes);
    until_state(keyring, WH_KEYRING_OPEN);
    g_clear_pointer(&world->daemon, wh_test_keyring_free);
    until_state(keyring, WH_KEYRING_ABSENT);
    wh_keyring_free(keyring);
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/keyring/linux/no-library", test_no_library);
    g_test_add_func("/keyring/linux/no-bus", test_no_bus);
    g_test_add_func("/keyring/linux/comes-and-goes", test_comes_and_goes);
    g_test_add_func("/keyring/linux/no-collection", test_no_collection);
    if (the_world()->daemon != NULL)
        wh_test_keyring_add_wrong();
    g_test_add_func("/keyring/linux/end-of-the-bus", test_end_of_the_bus);
}
