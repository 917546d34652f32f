#include "platform/fake/users_fake.h"
#include "service/wiring/owner.h"

#include <gio/gio.h>

typedef struct {
    WhStore *store;
    WhOwner *owner;
    char *former;
    guint changes;
    guint names;
    guint answers;
    GError *error;
} World;

static void changed(const char *former, gpointer data)
{
    World *world = data;
    g_free(world->former);
    world->former = g_strdup(former);
    world->changes++;
}

static void named(gpointer data)
{
    World *world = data;
    world->names++;
}

static void begin(World *world)
{
    static const WhOwnerListener listener = {changed, named};
    world->owner = wh_owner_new(world->store, &listener, world);
}

static World *world_new(const char *principal)
{
    World *world = g_new0(World, 1);
    world->store = wh_store_open_in_memory();
    g_assert_true(wh_store_put_setting(world->store, "owner", principal, NULL));
    begin(world);
    return world;
}

static void world_free(World *world)
{
    wh_owner_free(world->owner);
    wh_store_free(world->store);
    g_clear_error(&world->error);
    g_free(world->former);
    g_free(world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

static void until(const guint *counter, guint expected)
{
    while (*counter < expected)
        g_main_context_iteration(NULL, TRUE);
    g_assert_cmpuint(*counter, ==, expected);
}

static void set_done(const GError *error, gpointer data)
{
    World *world = data;
    g_clear_error(&world->error);
    world->error = error != NULL ? g_error_copy(error) : NULL;
    world->answers++;
}

static void set(World *world, const char *user)
{
    guint before = world->answers;
    wh_owner_set(world->owner, user, set_done, world);
    g_assert_cmpuint(world->answers, ==, before);
    until(&world->answers, before + 1);
}

static void expect(World *world, const char *principal, const char *name)
{
    g_assert_cmpstr(wh_owner_principal(world->owner), ==, principal);
    g_assert_cmpstr(wh_owner_name(world->owner), ==, name);
    g_autofree char *kept = wh_store_setting(world->store, "owner");
    g_assert_cmpstr(kept, ==, principal);
}

static void test_remembered(void)
{
    g_autoptr(World) world = world_new("uid:1000");
    expect(world, "uid:1000", "1000");
    until(&world->names, 1);
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
    g_assert_cmpuint(world->changes, ==, 0);
}

static void test_claim(void)
{
    g_autoptr(World) world = world_new(NULL);
    expect(world, NULL, NULL);
    g_assert_true(wh_owner_claim(world->owner, "uid:1001", NULL));
    g_assert_cmpuint(world->changes, ==, 1);
    g_assert_null(world->former);
    until(&world->names, 1);
    expect(world, "uid:1001", WH_FAKE_USERS_BOB);
    g_assert_true(wh_owner_claim(world->owner, "uid:1001", NULL));
    g_assert_cmpuint(world->changes, ==, 1);

    wh_owner_free(world->owner);
    begin(world);
    g_assert_cmpstr(wh_owner_principal(world->owner), ==, "uid:1001");
}

static void test_set(void)
{
    g_autoptr(World) world = world_new("uid:1000");
    set(world, WH_FAKE_USERS_BOB);
    g_assert_no_error(world->error);
    expect(world, "uid:1001", WH_FAKE_USERS_BOB);
    g_assert_cmpstr(world->former, ==, "uid:1000");
    set(world, "mallory");
    g_assert_error(world->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    set(world, "root");
    g_assert_error(world->error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    expect(world, "uid:1001", WH_FAKE_USERS_BOB);
    g_assert_cmpuint(world->changes, ==, 1);
    set(world, NULL);
    g_assert_no_error(world->error);
    expect(world, NULL, NULL);
    g_assert_cmpstr(world->former, ==, "uid:1001");
}

/* The account was deleted: its number is what can be said. */
static void test_gone_account(void)
{
    g_autoptr(World) world = world_new("uid:4242");
    set(world, "mallory");
    g_assert_cmpuint(world->names, ==, 0);
    expect(world, "uid:4242", "4242");
}

/* The account was deleted, and a new one got its number. */
static void test_reused_number(void)
{
    g_autoptr(World) world = world_new(NULL);
    g_assert_true(wh_owner_claim(world->owner, "uid:1000", NULL));
    until(&world->names, 1);
    wh_owner_free(world->owner);
    begin(world);
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
    set(world, "mallory");
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
    g_assert_cmpuint(world->changes, ==, 1);

    g_assert_true(wh_store_put_setting(world->store, "owner name", "amelia", NULL));
    for (guint start = 0; start < 2; start++) {
        wh_owner_free(world->owner);
        begin(world);
        g_assert_cmpstr(wh_owner_name(world->owner), ==, "amelia");
        until(&world->changes, 2);
        expect(world, "gone:uid:1000", "amelia");
    }
    g_assert_cmpstr(world->former, ==, "uid:1000");
    set(world, WH_FAKE_USERS_ALICE);
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
    wh_owner_free(world->owner);
    begin(world);
    set(world, "mallory");
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
}

/* Where a principal never means another person, one under another name was renamed. */
static void test_renamed(void)
{
    wh_fake_users_set_return(FALSE);
    g_autoptr(World) world = world_new("uid:1000");
    g_assert_true(wh_store_put_setting(world->store, "owner name", "amelia", NULL));
    wh_owner_free(world->owner);
    begin(world);
    until(&world->names, 1);
    expect(world, "uid:1000", WH_FAKE_USERS_ALICE);
    g_autofree char *kept = wh_store_setting(world->store, "owner name");
    g_assert_cmpstr(kept, ==, WH_FAKE_USERS_ALICE);
    g_assert_cmpuint(world->changes, ==, 0);
    wh_fake_users_set_return(TRUE);
}

/* Whoever waits is told; nothing comes afterwards. */
static void test_ends(void)
{
    g_autoptr(World) world = world_new("uid:1000");
    wh_owner_set(world->owner, WH_FAKE_USERS_BOB, set_done, world);
    g_clear_pointer(&world->owner, wh_owner_free);
    g_assert_cmpuint(world->answers, ==, 1);
    g_assert_error(world->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    begin(world);
    set(world, NULL);
    g_assert_cmpuint(world->answers, ==, 2);
    expect(world, NULL, NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/owner/remembered", test_remembered);
    g_test_add_func("/owner/claim", test_claim);
    g_test_add_func("/owner/set", test_set);
    g_test_add_func("/owner/gone-account", test_gone_account);
    g_test_add_func("/owner/reused-number", test_reused_number);
    g_test_add_func("/owner/renamed", test_renamed);
    g_test_add_func("/owner/ends", test_ends);
    return g_test_run();
}
