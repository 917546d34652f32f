#include "tests/unit/test_vault_world.h"

#include <string.h>

const WhVaultBinding world_duckdns = {"duckdns", "duckdns", "https://www.duckdns.org"};

static void changed(gpointer data)
{
    World *world = data;
    world->changes++;
}

static char *label(const char *account, const char *provider, const char *field, gpointer data)
{
    return g_strdup_printf("%s at %s: %s", account, provider, field);
}

static gboolean remember(const char *note, GError **error, gpointer data)
{
    World *world = data;
    g_free(world->note);
    world->note = g_strdup(note);
    return TRUE;
}

static void begin(World *world)
{
    static const WhVaultListener listener = {changed, label, remember};
    world->vault = wh_vault_new_for_person(wh_secret_store_open(WORLD_FOLDER, NULL),
                                           world->file_allowed, world->note, &listener, world);
}

void world_set_up(World *world, gconstpointer data)
{
    wh_fake_reset();
    wh_fake_keyring_set_state((WhKeyringState)GPOINTER_TO_INT(data));
    begin(world);
}

void world_tear_down(World *world, gconstpointer data)
{
    wh_vault_free(world->vault);
    g_free(world->note);
    wh_fake_reset();
}

void world_restart(World *world)
{
    wh_vault_free(world->vault);
    begin(world);
}

void world_settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

gboolean world_put(World *world, const char *field, const char *text, GError **error)
{
    g_autoptr(WhSecret) secret = wh_secret_new(text, -1);
    return wh_vault_put(world->vault, &world_duckdns, field, secret, error);
}

void world_check(World *world, const char *field, WhVaultState expected, const char *text)
{
    WhVaultState state = (WhVaultState)99;
    g_autoptr(WhSecret) secret = wh_vault_get(world->vault, &world_duckdns, field, &state);
    g_assert_cmpstr(wh_vault_state_name(state), ==, wh_vault_state_name(expected));
    g_assert_cmpstr(secret != NULL ? wh_secret_peek(secret) : NULL, ==, text);
}

void world_check_view(World *world, WhVaultPlace place, WhVaultKeyring keyring, guint unsaved)
{
    WhVaultView view;
    wh_vault_view(world->vault, &view);
    g_assert_cmpstr(wh_vault_place_name(view.place), ==, wh_vault_place_name(place));
    g_assert_cmpstr(wh_vault_keyring_name(view.keyring), ==, wh_vault_keyring_name(keyring));
    g_assert_cmpuint(view.unsaved, ==, unsaved);
    g_assert_true(view.file_allowed == world->file_allowed);
}

char *world_envelope(const char *field, const char *secret)
{
    return g_strdup_printf("{\"version\":1,\"account\":\"duckdns\",\"provider\":\"duckdns\","
                           "\"endpoint\":\"https://www.duckdns.org\",\"field\":\"%s\","
                           "\"secret\":\"%s\"}",
                           field, secret);
}

gboolean world_forget(World *world, const char *field, GError **error)
{
    const char *const fields[] = {field, NULL};
    char *note = wh_vault_note(world->vault, "duckdns", fields);
    if (note != NULL) {
        g_free(world->note);
        world->note = note;
    }
    return wh_vault_forget(world->vault, "duckdns", fields, error);
}

/* Without the date on which it was given. */
static char *undated(const char *found)
{
    g_autoptr(GRegex) date = g_regex_new(",\"given\":[0-9]+", 0, 0, NULL);
    return found != NULL ? g_regex_replace_literal(date, found, -1, 0, "", 0, NULL) : NULL;
}

static void check_envelope(const char *key, const char *found, const char *secret)
{
    g_autofree char *bare = undated(found);
    g_autofree char *envelope =
        secret != NULL ? world_envelope(strchr(key, '.') + 1, secret) : NULL;
    g_assert_cmpstr(bare, ==, envelope);
}

void world_check_keyring(const char *key, const char *secret)
{
    check_envelope(key, wh_fake_keyring_resting("service", key), secret);
}

void world_check_file(const char *key, const char *secret)
{
    gsize length = 0;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    char *bytes = wh_secret_store_lookup(store, key, &length, NULL);
    check_envelope(key, bytes, secret);
    wh_secret_store_wipe(bytes, length);
}

void world_plant_file(const char *field, const char *secret)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(WhSecretStore) store = wh_secret_store_open(WORLD_FOLDER, NULL);
    g_autofree char *key = g_strconcat("duckdns.", field, NULL);
    g_autofree char *bytes = world_envelope(field, secret);
    wh_secret_store_put(store, key, bytes, strlen(bytes), &error);
    g_assert_no_error(error);
}
