#include "platform/autostart.h"

#define GROUP G_KEY_FILE_DESKTOP_GROUP
#define GNOME_ENABLED "X-GNOME-Autostart-enabled"
#define FILE_BYTES_MOST (64 * 1024)

static char *entry_path(const char *folder, const char *id)
{
    g_autofree char *name = g_strconcat(id, ".desktop", NULL);

    return g_build_filename(folder, "autostart", name, NULL);
}

static char *own_path(const char *id)
{
    return entry_path(g_get_user_config_dir(), id);
}

static gboolean load_bytes(GKeyFile *entry, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length = 0;

    if (!g_file_get_contents(path, &text, &length, error))
        return FALSE;
    if (length > FILE_BYTES_MOST) {
        g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "it is far too long");
        return FALSE;
    }
    return g_key_file_load_from_data(
        entry, text, length, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error);
}

static gboolean is_not_there(const GError *error)
{
    return g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
           g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
}

/* G_IO_ERROR_NOT_FOUND: there is none. */
static GKeyFile *load(const char *path, GError **error)
{
    g_autoptr(GKeyFile) entry = g_key_file_new();
    g_autoptr(GError) problem = NULL;

    if (!load_bytes(entry, path, &problem)) {
        gint unread = is_not_there(problem) ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED;
        gboolean of_file = problem->domain == G_FILE_ERROR;

        g_set_error(error, of_file ? G_IO_ERROR : G_KEY_FILE_ERROR,
                    of_file ? unread : problem->code, "%s cannot be read: %s", path,
                    problem->message);
        return NULL;
    }
    if (!g_key_file_has_group(entry, GROUP)) {
        g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
                    "%s is no desktop entry", path);
        return NULL;
    }
    return g_steal_pointer(&entry);
}

/* The system's entry: the first of the folders that has one counts. */
static GKeyFile *load_of_system(const char *id)
{
    for (const char *const *folder = g_get_system_config_dirs(); *folder != NULL; folder++) {
        g_autofree char *path = entry_path(*folder, id);

        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return load(path, NULL);
    }
    return NULL;
}

/* Desktop Application Autostart Specification: Hidden=true is as if the entry were not there. GNOME
 * and those who follow it read a key of their own as well. */
static gboolean says_yes(GKeyFile *entry)
{
    g_autoptr(GError) error = NULL;
    gboolean gnome = g_key_file_get_boolean(entry, GROUP, GNOME_ENABLED, &error);

    return !g_key_file_get_boolean(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL) &&
           (gnome || error != NULL) &&
           g_key_file_has_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
}

gboolean wh_autostart_is_enabled(const char *id)
{
    g_autofree char *path = own_path(id);
    g_autoptr(GError) error = NULL;
    g_autoptr(GKeyFile) entry = load(path, &error);

    if (entry == NULL && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        entry = load_of_system(id);
    return entry != NULL && says_yes(entry);
}

/* What a new entry of this person starts from: the system's, where there is one. */
static GKeyFile *template_of(const char *id, const char *name, const char *command)
{
    GKeyFile *entry = load_of_system(id);

    if (entry != NULL)
        return entry;
    entry = g_key_file_new();
    g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                          G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
    g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, name);
    g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
    g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, id);
    g_key_file_set_boolean(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_NO_DISPLAY, TRUE);
    return entry;
}

/* Keys that say nothing beyond the usual are not written. */
static void switch_on(GKeyFile *entry, const char *command)
{
    g_key_file_remove_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL);
    if (g_key_file_has_key(entry, GROUP, GNOME_ENABLED, NULL))
        g_key_file_set_boolean(entry, GROUP, GNOME_ENABLED, TRUE);
    if (!g_key_file_has_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL))
        g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
}

static void switch_off(GKeyFile *entry)
{
    g_key_file_set_boolean(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, TRUE);
    if (g_key_file_has_key(entry, GROUP, GNOME_ENABLED, NULL))
        g_key_file_set_boolean(entry, GROUP, GNOME_ENABLED, FALSE);
}

static gboolean save(GKeyFile *entry, const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    gsize length = 0;
    g_autofree char *text = g_key_file_to_data(entry, &length, NULL);
    g_autoptr(GFile) file = g_file_new_for_path(folder);
    g_autoptr(GError) problem = NULL;

    if (!g_file_make_directory_with_parents(file, NULL, &problem) &&
        !g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_EXISTS)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    g_clear_error(&problem);
    if (g_file_set_contents_full(path, text, (gssize)length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                 &problem))
        return TRUE;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", problem->message);
    return FALSE;
}

gboolean wh_autostart_set_enabled(const char *id, const char *name, const char *command,
                                  gboolean enabled, GError **error)
{
    g_autofree char *path = own_path(id);
    g_autoptr(GError) problem = NULL;
    g_autoptr(GKeyFile) entry = NULL;

    entry = load(path, &problem);
    if (entry == NULL && !g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    if (wh_autostart_is_enabled(id) == enabled)
        return TRUE;
    if (entry == NULL)
        entry = template_of(id, name, command);
    if (enabled)
        switch_on(entry, command);
    else
        switch_off(entry);
    return save(entry, path, error);
}
