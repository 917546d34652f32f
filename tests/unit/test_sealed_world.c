#include "tests/unit/test_sealed_world.h"

#include <string.h>

const WhVaultBinding world_duckdns = {"duckdns", "duckdns", "https://www.duckdns.org"};

static void changed(gpointer data)
{
    World *world = data;
    world->changes++;
}

static void begin(World *world)
{
    static const WhVaultListener listener = {.changed = changed};
    world->vault = wh_vault_new_for_computer(
        wh_fake_clock_clock(world->clock), wh_secret_store_open(WORLD_FOLDER, NULL),
        wh_sealer_new(NULL), !world->attended, &listener, world);
}

void world_set_up(World *world, gconstpointer data)
{
    wh_fake_reset();
    wh_fake_sealer_set_mode((WhFakeSealerMode)GPOINTER_TO_INT(data));
    world->clock = wh_fake_clock_new();
    begin(world);
}

void world_tear_down(World *world, gconstpointer data)
{
    wh_vault_free(world->vault);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    wh_fake_clock_free(world->clock);
    wh_fake_reset();
}

void world_start_anew(World *world)
{
    wh_vault_free(world->vault);
    begin(world);
}

void world_restart(World *world)
{
    world_start_anew(world);
    world_settle();
}

void world_settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

gboolean world_put_for(World *world, const WhVaultBinding *binding, const char *field,
                       const char *text, GError **error)
{
    g_autoptr(WhSecret) secret = wh_secret_new(text, -1);
    return wh_vault_put(world->vault, binding, field, secret, error);
}

gboolean world_put(World *world, const char *field, const char *text, GError **error)
{
    return world_put_for(world, &world_duckdns, field, text, error);
}

gboolean world_forget(World *world, const char *field, GError **error)
{
    const char *const fields[] = {field, NULL};
    g_assert_null(wh_vault_note(world->vault, "duckdns", fields));
    return wh_vault_forget(world->vault, "duckdns", fields, error);
}

void world_check_for(World *world, const WhVaultBinding *binding, const char *field,
                     WhVaultState expected, const char *text)
{
    WhVaultState state = (WhVaultState)99;
    g_autoptr(WhSecret) secret = wh_vault_get(world->vault, binding, field, &state);
    g_assert_cmpstr(wh_vault_state_name(state), ==, wh_vault_state_name(expected));
    g_assert_cmpstr(secret != NULL ? wh_secret_peek(secret) : NULL, ==, text);
}

void world_check(World *world, const char *field, WhVaultState expected, const char *text)
{
    world_check_for(world, &world_duckdns, field, expected, text);
}

WhVaultView world_view(World *world)
{
    WhVaultView view;
    wh_vault_view(world->vault, &view);
    return view;
}

void world_check_place(World *world, WhVaultPlace place, guint unsaved)
{
    WhVaultView view = world_view(world);
    g_assert_cmpstr(wh_vault_place_name(view.place), ==, wh_vault_place_name(place));
    g_assert_cmpint(view.keyring, ==, WH_VAULT_KEYRING_UNUSED);
    g_assert_cmpuint(view.unsaved, ==, unsaved);
}

char *world_resting(const char *key)
{
    gsize length = 0;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    return wh_secret_store_lookup(store, key, &length, NULL);
}

void world_plant(const char *key, const char *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    wh_secret_store_put(store, key, bytes, strlen(bytes), &error);
    g_assert_no_error(error);
}

void world_check_sealed(const char *key)
{
    g_autofree char *found = world_resting(key);
    g_assert_nonnull(found);
    g_assert_true(g_str_has_prefix(found, "wayhome-sealed 1\nsealed "));
}

void world_check_plain(const char *key, const char *secret)
{
    g_autofree char *found = world_resting(key);
    g_assert_nonnull(found);
    g_assert_true(g_str_has_prefix(found, "{"));
    g_assert_nonnull(strstr(found, secret));
}

void world_check_marker(const char *key, const char *secret)
{
    g_autofree char *found = world_resting(key);
    g_assert_nonnull(found);
    g_assert_true(g_str_has_prefix(found, "wayhome-away 1\n{"));
    g_assert_null(strstr(found, secret));
}

char *world_envelope(const char *field, const char *secret)
{
    return g_strdup_printf("{\"version\":1,\"account\":\"duckdns\",\"provider\":\"duckdns\","
                           "\"endpoint\":\"https://www.duckdns.org\",\"field\":\"%s\","
                           "\"secret\":\"%s\"}",
                           field, secret);
}
