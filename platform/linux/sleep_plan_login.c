#include "platform/linux/sleep_plan_private.h"

#include "platform/small_file.h"

#include <string.h>

#define SCHEMA "org.gnome.settings-daemon.plugins.power"
#define GROUP "org/gnome/settings-daemon/plugins/power"
#define TIMEOUT "sleep-inactive-ac-timeout"
#define TYPE "sleep-inactive-ac-type"
#define MOST_FILES 64

typedef struct {
    gint32 seconds;
    char *type;
} Login;

static void login_clear(Login *login)
{
    g_clear_pointer(&login->type, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Login, login_clear)

/* The service that shows the login screen is linked under this name (systemd.special(7)). */
static gboolean is_gnome(const char *root)
{
    g_autofree char *path =
        g_build_filename(root, "/etc/systemd/system/display-manager.service", NULL);
    g_autofree char *target = g_file_read_link(path, NULL);
    g_autofree char *name = target != NULL ? g_path_get_basename(target) : NULL;

    return g_strcmp0(name, "gdm.service") == 0 || g_strcmp0(name, "gdm3.service") == 0;
}

/* What holds without any file. FALSE: GNOME's power settings are not installed. */
static gboolean defaults_read(GSettingsSchemaSource *schemas, Login *login)
{
    g_autoptr(GSettingsSchema) schema =
        schemas != NULL ? g_settings_schema_source_lookup(schemas, SCHEMA, TRUE) : NULL;
    g_autoptr(GSettingsSchemaKey) timeout = NULL;
    g_autoptr(GSettingsSchemaKey) type = NULL;
    g_autoptr(GVariant) seconds = NULL;
    g_autoptr(GVariant) word = NULL;

    if (schema == NULL || !g_settings_schema_has_key(schema, TIMEOUT) ||
        !g_settings_schema_has_key(schema, TYPE))
        return FALSE;
    timeout = g_settings_schema_get_key(schema, TIMEOUT);
    type = g_settings_schema_get_key(schema, TYPE);
    seconds = g_settings_schema_key_get_default_value(timeout);
    word = g_settings_schema_key_get_default_value(type);
    if (!g_variant_is_of_type(seconds, G_VARIANT_TYPE_INT32) ||
        !g_variant_is_of_type(word, G_VARIANT_TYPE_STRING))
        return FALSE;
    login->seconds = g_variant_get_int32(seconds);
    login->type = g_variant_dup_string(word, NULL);
    return TRUE;
}

static GVariant *value_read(GKeyFile *keys, const char *key, const GVariantType *type)
{
    g_autofree char *text = g_key_file_get_value(keys, GROUP, key, NULL);

    return text != NULL ? g_variant_parse(type, text, NULL, NULL, NULL) : NULL;
}

/* A file for dconf; what it does not say, or says so that nobody understands it, stays. */
static void file_apply(const char *path, Login *login)
{
    g_autoptr(GKeyFile) keys = g_key_file_new();
    gsize length = 0;
    g_autofree char *text = wh_small_file_read(path, &length, NULL);
    g_autoptr(GVariant) seconds = NULL;
    g_autoptr(GVariant) type = NULL;

    if (text == NULL || !g_key_file_load_from_data(keys, text, length, G_KEY_FILE_NONE, NULL))
        return;
    seconds = value_read(keys, TIMEOUT, G_VARIANT_TYPE_INT32);
    type = value_read(keys, TYPE, G_VARIANT_TYPE_STRING);
    if (seconds != NULL)
        login->seconds = g_variant_get_int32(seconds);
    if (type != NULL) {
        g_free(login->type);
        login->type = g_variant_dup_string(type, NULL);
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The files of a folder for dconf, in the order of their names: the last one counts. */
static void folder_apply(const char *folder, Login *login)
{
    g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (entries != NULL && names->len < MOST_FILES && (name = g_dir_read_name(entries)) != NULL)
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, i), NULL);

        file_apply(path, login);
    }
}

guint wh_sleep_plan_of_login(const char *root, GSettingsSchemaSource *schemas)
{
    g_auto(Login) login = {0};
    g_autofree char *folder = g_build_filename(root, "/etc/dconf/db/gdm.d", NULL);
    g_autofree char *file = g_build_filename(root, "/etc/gdm3/greeter.dconf-defaults", NULL);

    if (!is_gnome(root) || !defaults_read(schemas, &login))
        return 0;
    folder_apply(folder, &login);
    file_apply(file, &login);
    if (!wh_sleep_plan_is_sleep(login.type) || login.seconds <= 0)
        return 0;
    return wh_sleep_plan_minutes((guint64)login.seconds * G_USEC_PER_SEC);
}
