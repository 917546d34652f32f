#include "tests/unit/test_control_world.h"

static gboolean is_instant(gpointer data)
{
    return TRUE;
}

static void look_again(gpointer data)
{
    World *world = data;
    world->looks++;
}

static gboolean set_paused(gboolean paused, gpointer data)
{
    World *world = data;
    wh_keeper_set_paused(world->keeper, paused);
    return world->can_save;
}

static gboolean allow_secret_file(gboolean allowed, GError **error, gpointer data)
{
    World *world = data;
    return wh_vault_allow_file(world->vault, allowed, error);
}

static gboolean keep_unattended(gboolean enabled, GError **error, gpointer data)
{
    World *world = data;
    if (!world->can_save) {
        g_set_error_literal(error, WH_STORE_ERROR, WH_STORE_ERROR_WRITE, "The disk is full.");
        return FALSE;
    }
    world->unattended = enabled;
    return !world->sealed || wh_vault_keep_unattended(world->vault, enabled, error);
}

static gboolean reload(GError **error, gpointer data)
{
    World *world = data;
    world->reloads++;
    return TRUE;
}

static void owner(const char **principal, const char **name, gpointer data)
{
    World *world = data;
    *principal = world->owner;
    *name = world->owner != NULL ? WORLD_OWNER_NAME : NULL;
}

static gboolean claim(const char *principal, GError **error, gpointer data)
{
    World *world = data;
    if (!world->can_save) {
        g_set_error_literal(error, WH_STORE_ERROR, WH_STORE_ERROR_WRITE, "The disk is full.");
        return FALSE;
    }
    g_autofree char *former = g_steal_pointer(&world->owner);
    world->owner = g_strdup(principal);
    wh_control_owner_changed(world->control, former);
    return TRUE;
}

typedef struct {
    World *world;
    char *user;
    WhControlOwnerSet done;
    gpointer data;
} Setting;

/* "alice" is uid:1000; nobody else lives here. */
static gboolean set_owner_now(gpointer data)
{
    Setting *setting = data;
    g_autoptr(GError) error = NULL;
    setting->world->setting = 0;
    if (setting->user == NULL || g_str_equal(setting->user, WORLD_OWNER_NAME))
        claim(setting->user != NULL ? "uid:1000" : NULL, &error, setting->world);
    else
        g_set_error_literal(&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such user.");
    setting->done(error, setting->data);
    return G_SOURCE_REMOVE;
}

static void free_setting(gpointer data)
{
    Setting *setting = data;
    g_free(setting->user);
    g_free(setting);
}

static void set_owner(const char *user, WhControlOwnerSet done, gpointer done_data, gpointer data)
{
    World *world = data;
    Setting *setting = g_new0(Setting, 1);
    *setting = (Setting){world, g_strdup(user), done, done_data};
    world->setting = g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, set_owner_now, setting, free_setting);
}

static gboolean set_vpn(const char *vpn, WhVpnChoice choice, GError **error, gpointer data)
{
    World *world = data;
    if (!world->can_save) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "The disk is full.");
        return FALSE;
    }
    wh_vpn_choices_set(world->vpn_choices, vpn, choice, NULL);
    wh_detector_look(world->detector);
    return TRUE;
}

static const WhVpnChoices *vpn_choices(gpointer data)
{
    World *world = data;
    return world->vpn_choices;
}

static void notices(const char *const **codes, const char *const **details, gpointer data)
{
    static const char *const code[] = {"store_in_memory", NULL};
    static const char *const detail[] = {"What happens is forgotten when the service ends.", NULL};
    *codes = code;
    *details = detail;
}

static const char *network(gpointer data)
{
    World *world = data;
    return world->network;
}

static const GPtrArray *findings(gpointer data)
{
    return ((World *)data)->findings;
}

static void diagnose(WhControlDiagnosed done, gpointer done_data, gpointer data)
{
    World *world = data;
    world->diagnosed = done;
    world->diagnosed_data = done_data;
}

void world_fill_in(World *world, WhControlRooms *rooms)
{
    rooms->is_instant = is_instant;
    rooms->look_again = look_again;
    rooms->set_paused = set_paused;
    rooms->allow_secret_file = allow_secret_file;
    rooms->keep_unattended = keep_unattended;
    rooms->reload = reload;
    rooms->findings = findings;
    rooms->diagnose = diagnose;
    rooms->owner = owner;
    rooms->claim = claim;
    rooms->set_owner = set_owner;
    rooms->set_vpn = set_vpn;
    rooms->vpn_choices = vpn_choices;
    rooms->notices = notices;
    rooms->network = network;
    rooms->data = world;
}
