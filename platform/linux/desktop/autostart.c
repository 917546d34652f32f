#include "platform/autostart.h"

#include "platform/small_file.h"

#include <stdlib.h>
#include <string.h>

#define GROUP G_KEY_FILE_DESKTOP_GROUP
#define GNOME_ENABLED "X-GNOME-Autostart-enabled"

/* Desktop Entry Specification, "The Exec key": quoted where it holds more than the plainest
 * characters; "%" is doubled. */
static char *quoted(const char *program)
{
    GString *text;

    if (strspn(program, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "/._-+") == strlen(program))
        return g_strdup(program);
    text = g_string_new("\"");
    for (const char *p = program; *p != '\0'; p++) {
        if (strchr("\"`$\\", *p) != NULL)
            g_string_append_c(text, '\\');
        if (*p == '%')
            g_string_append_c(text, '%');
        g_string_append_c(text, *p);
    }
    return g_string_free(g_string_append_c(text, '"'), FALSE);
}

static char *entry_path(const char *folder, const char *id)
{
    g_autofree char *name = g_strconcat(id, ".desktop", NULL);

    return g_build_filename(folder, "autostart", name, NULL);
}

static char *own_path(const char *id)
{
    return entry_path(g_get_user_config_dir(), id);
}

/* What is there and cannot be an entry is a broken one. */
static gboolean is_broken(const GError *error)
{
    return error->domain == G_KEY_FILE_ERROR ||
           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE) ||
           g_error_matches(error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* G_IO_ERROR_NOT_FOUND: there is none; G_KEY_FILE_ERROR: it is broken. */
static GKeyFile *load(const char *path, GError **error)
{
    g_autoptr(GKeyFile) entry = g_key_file_new();
    g_autoptr(GError) problem = NULL;
    gsize length = 0;
    g_autofree char *text = wh_small_file_read(path, &length, &problem);

    if (text != NULL &&
        g_key_file_load_from_data(entry, text, length,
                                  G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &problem) &&
        !g_key_file_has_group(entry, GROUP))
        g_set_error_literal(&problem, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
                            "it is no desktop entry");
    if (problem == NULL)
        return g_steal_pointer(&entry);
    if (is_broken(problem))
        g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s cannot be read: %s", path,
                    problem->message);
    else
        g_set_error(error, G_IO_ERROR, problem->code, "%s cannot be read: %s", path,
                    problem->message);
    return NULL;
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

static gboolean finds_program(GKeyFile *entry)
{
    g_autofree char *name =
        g_key_file_get_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, NULL);
    g_autofree char *found = name != NULL ? g_find_program_in_path(name) : NULL;

    return name == NULL || found != NULL;
}

static gboolean is_application(GKeyFile *entry)
{
    g_autofree char *type = g_key_file_get_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, NULL);

    return g_strcmp0(type, G_KEY_FILE_DESKTOP_TYPE_APPLICATION) == 0 &&
           g_key_file_has_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);
}

/* Desktop Application Autostart Specification: Hidden=true is as if the entry were not there, and
 * so is a program in TryExec that cannot be found. GNOME and those who follow it read a key of
 * their own as well. */
static gboolean says_yes(GKeyFile *entry)
{
    g_autoptr(GError) error = NULL;
    gboolean gnome = g_key_file_get_boolean(entry, GROUP, GNOME_ENABLED, &error);

    return !g_key_file_get_boolean(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL) &&
           (gnome || error != NULL) && is_application(entry) && finds_program(entry);
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
static GKeyFile *template_of(const char *id, const char *name, const char *program,
                             const char *argument)
{
    GKeyFile *entry = load_of_system(id);
    g_autofree char *shown = quoted(program);
    g_autofree char *command = g_strconcat(shown, " ", argument, NULL);

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

/* A key for one language goes with the key for all. */
static void complete(GKeyFile *entry, GKeyFile *from)
{
    g_auto(GStrv) own = g_key_file_get_keys(entry, GROUP, NULL, NULL);
    g_auto(GStrv) keys = g_key_file_get_keys(from, GROUP, NULL, NULL);

    for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(keys[i], "[", 2);
        g_autofree char *value = g_key_file_get_value(from, GROUP, keys[i], NULL);

        if (value != NULL && (own == NULL || !g_strv_contains((const char *const *)own, parts[0])))
            g_key_file_set_value(entry, GROUP, keys[i], value);
    }
}

/* Keys that say nothing beyond the usual are not written. */
static void switch_on(GKeyFile *entry)
{
    g_key_file_remove_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL);
    if (g_key_file_has_key(entry, GROUP, GNOME_ENABLED, NULL))
        g_key_file_set_boolean(entry, GROUP, GNOME_ENABLED, TRUE);
    g_key_file_set_string(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                          G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
    if (!finds_program(entry))
        g_key_file_remove_key(entry, GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, NULL);
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

/* Desktops keep to what the entry says. */
gboolean wh_autostart_is_refused(const char *id)
{
    return FALSE;
}

gboolean wh_autostart_set_enabled(const char *id, const char *name, const char *program,
                                  const char *argument, gboolean enabled, GError **error)
{
    g_autofree char *path = own_path(id);
    g_autoptr(GError) problem = NULL;
    g_autoptr(GKeyFile) entry = load(path, &problem);
    g_autoptr(GKeyFile) template = NULL;
    g_autofree char *target = NULL;

    if (entry == NULL && !g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    if (wh_autostart_is_enabled(id) == enabled)
        return TRUE;
    template = template_of(id, name, program, argument);
    if (entry == NULL)
        entry = g_key_file_ref(template);
    if (enabled) {
        complete(entry, template);
        switch_on(entry);
    } else {
        switch_off(entry);
    }
    target = realpath(path, NULL);
    return save(entry, target != NULL ? target : path, error);
}
