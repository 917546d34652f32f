#include "platform/autostart.h"

#include "tests/contract/autostart_adapter.h"
#include "tests/contract/helper.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID "org.wayhome.Wayhome"
#define SYSTEM_ENTRY                                                                               \
    "[Desktop Entry]\nType=Application\nName=Wayhome\nExec=wayhome --background --system\n"        \
    "X-GNOME-Autostart-enabled=true\n"

static char **the_folder(void)
{
    static char *folder;

    return &folder;
}

/* GLib asks the environment for the folders once, so that all tests have the same. */
static void choose_folder(void)
{
    g_autofree char *own = NULL;
    g_autofree char *system = NULL;

    *the_folder() = wh_helper_folder_new();
    own = g_build_filename(*the_folder(), "own", NULL);
    system = g_build_filename(*the_folder(), "system", NULL);
    g_setenv("XDG_CONFIG_HOME", own, TRUE);
    g_setenv("XDG_CONFIG_DIRS", system, TRUE);
}

void wh_adapter_begin(void)
{
    if (*the_folder() == NULL)
        choose_folder();
    else
        g_assert_cmpint(g_mkdir(*the_folder(), 0700), ==, 0);
}

void wh_adapter_end(void)
{
    wh_helper_folder_remove(g_strdup(*the_folder()));
}

static char *path_in(const char *folder)
{
    return g_build_filename(folder, "autostart", ID ".desktop", NULL);
}

static char *own_path(void)
{
    return path_in(g_get_user_config_dir());
}

static void put(const char *path, const char *text)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

static char *get(void)
{
    g_autofree char *path = own_path();
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

static void put_own(const char *text)
{
    g_autofree char *path = own_path();

    put(path, text);
}

void wh_adapter_provide(const char *id)
{
    g_autofree char *path = path_in(g_get_system_config_dirs()[0]);

    put(path, SYSTEM_ENTRY);
}

/* A file where the folder would be, which stops root too. */
void wh_adapter_forbid_writing(void)
{
    g_autofree char *folder = g_build_filename(g_get_user_config_dir(), "autostart", NULL);

    g_assert_cmpint(g_mkdir_with_parents(g_get_user_config_dir(), 0700), ==, 0);
    g_file_set_contents(folder, "", 0, NULL);
}

static gboolean set(gboolean enabled, GError **error)
{
    return wh_autostart_set_enabled(ID, "Wayhome", "wayhome", "--background", enabled, error);
}

static void assert_has(const char *line)
{
    g_autofree char *text = get();
    g_autofree char *whole = g_strconcat("\n", line, "\n", NULL);

    if (strstr(text, whole) == NULL)
        g_error("There is no line %s in: %s", line, text);
}

static void test_new_entry(void)
{
    wh_adapter_begin();
    g_assert_true(set(TRUE, NULL));
    assert_has("Type=Application");
    assert_has("Name=Wayhome");
    assert_has("Exec=wayhome --background");
    assert_has("Icon=" ID);
    wh_adapter_end();
}

static void test_program_with_signs(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GKeyFile) entry = g_key_file_new();
    g_autofree char *path = own_path();

    wh_adapter_begin();
    g_assert_true(wh_autostart_set_enabled(ID, "Wayhome", "/opt/my $1 100% \"w\"", "--background",
                                           TRUE, &error));
    g_assert_true(g_key_file_load_from_file(entry, path, G_KEY_FILE_NONE, NULL));
    g_autofree char *command = g_key_file_get_string(entry, "Desktop Entry", "Exec", NULL);
    g_assert_cmpstr(command, ==, "\"/opt/my \\$1 100%% \\\"w\\\"\" --background");
    wh_adapter_end();
}

static void test_starts_from_the_system(void)
{
    wh_adapter_begin();
    wh_adapter_provide(ID);
    g_assert_true(set(FALSE, NULL));
    assert_has("Hidden=true");
    assert_has("Exec=wayhome --background --system");
    assert_has("X-GNOME-Autostart-enabled=false");
    wh_adapter_end();
}

static void test_ways_to_be_off(void)
{
    static const char *const ways[] = {
        "[Desktop Entry]\nType=Application\nExec=x\nHidden=true\n",
        "[Desktop Entry]\nType=Application\nExec=x\nX-GNOME-Autostart-enabled=false\n",
        "[Desktop Entry]\nHidden=true\n",
        "[Desktop Entry]\nType=Application\n",
        "[Desktop Entry]\nExec=x\n",
        "[Desktop Entry]\nType=Link\nExec=x\n",
        "[Desktop Entry]\nType=Application\nExec=x\nTryExec=/nonexistent/x\n",
        "this is no desktop entry",
        "[Other]\nExec=x\n",
        "",
    };

    wh_adapter_begin();
    wh_adapter_provide(ID);
    for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
        put_own(ways[i]);
        g_assert_false(wh_autostart_is_enabled(ID));
    }
    put_own("[Desktop Entry]\nType=Application\nExec=x\nTryExec=sh\nHidden=false\n"
            "X-GNOME-Autostart-enabled=true\n");
    g_assert_true(wh_autostart_is_enabled(ID));
    wh_adapter_end();
}

static void test_keeps_what_it_does_not_know(void)
{
    wh_adapter_begin();
    put_own("# mine\n[Desktop Entry]\nType=Application\nName=W\nName[de]=H\nExec=my own\n"
            "X-Mine=yes\n\n[Desktop Action a]\nName=b\n");
    g_assert_true(set(FALSE, NULL));
    g_assert_false(wh_autostart_is_enabled(ID));
    g_assert_true(set(TRUE, NULL));
    g_assert_true(wh_autostart_is_enabled(ID));
    assert_has("Exec=my own");
    assert_has("X-Mine=yes");
    assert_has("Name[de]=H");
    assert_has("[Desktop Action a]");
    wh_adapter_end();
}

/* Whoever switched it off by hand wrote nothing else. */
static void test_fills_in_what_lacks(void)
{
    g_autofree char *text = NULL;

    wh_adapter_begin();
    wh_adapter_provide(ID);
    put_own("[Desktop Entry]\nHidden=true\nComment=mine\n");
    g_assert_true(set(TRUE, NULL));
    g_assert_true(wh_autostart_is_enabled(ID));
    assert_has("Type=Application");
    assert_has("Name=Wayhome");
    assert_has("Exec=wayhome --background --system");
    assert_has("Comment=mine");
    text = get();
    g_assert_null(strstr(text, "Hidden"));
    wh_adapter_end();
}

static void test_fills_in_without_a_system(void)
{
    wh_adapter_begin();
    put_own("[Desktop Entry]\nHidden=true\nType=Link\nTryExec=/nonexistent/x\n");
    g_assert_true(set(TRUE, NULL));
    g_assert_true(wh_autostart_is_enabled(ID));
    assert_has("Type=Application");
    assert_has("Name=Wayhome");
    assert_has("Exec=wayhome --background");
    wh_adapter_end();
}

/* As people have it who keep such files elsewhere. */
static void test_link_stays(void)
{
    g_autofree char *path = own_path();
    g_autofree char *elsewhere = g_build_filename(*the_folder(), "elsewhere.desktop", NULL);
    g_autofree char *target = NULL;

    wh_adapter_begin();
    put_own("");
    put(elsewhere, "[Desktop Entry]\nType=Application\nName=W\nExec=my own\n");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(symlink(elsewhere, path), ==, 0);
    g_assert_true(set(FALSE, NULL));
    g_assert_false(wh_autostart_is_enabled(ID));
    target = g_file_read_link(path, NULL);
    g_assert_cmpstr(target, ==, elsewhere);
    assert_has("Hidden=true");
    wh_adapter_end();
}

static void test_pipe(void)
{
    g_autofree char *path = own_path();
    g_autoptr(GError) error = NULL;

    wh_adapter_begin();
    put_own("");
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    g_assert_false(wh_autostart_is_enabled(ID));
    g_assert_false(set(TRUE, &error));
    g_assert_true(error->domain == G_KEY_FILE_ERROR);
    wh_adapter_end();
}

static void test_broken_entry_is_left_alone(void)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    wh_adapter_begin();
    put_own("this is no desktop entry");
    g_assert_false(set(FALSE, &error));
    g_assert_true(error->domain == G_KEY_FILE_ERROR);
    g_clear_error(&error);
    g_assert_false(set(TRUE, &error));
    g_assert_true(error->domain == G_KEY_FILE_ERROR);
    g_assert_nonnull(strstr(error->message, ID ".desktop"));
    text = get();
    g_assert_cmpstr(text, ==, "this is no desktop entry");
    wh_adapter_end();
}

static void test_endless_entry(void)
{
    g_autofree char *filling = g_strnfill(100 * 1024, '#');
    g_autofree char *text =
        g_strconcat("[Desktop Entry]\nType=Application\nExec=x\n", filling, "\n", NULL);
    g_autoptr(GError) error = NULL;

    wh_adapter_begin();
    put_own(text);
    g_assert_false(wh_autostart_is_enabled(ID));
    g_assert_false(set(TRUE, &error));
    g_assert_true(error->domain == G_KEY_FILE_ERROR);
    wh_adapter_end();
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/autostart/linux/new-entry", test_new_entry);
    g_test_add_func("/autostart/linux/program-with-signs", test_program_with_signs);
    g_test_add_func("/autostart/linux/starts-from-the-system", test_starts_from_the_system);
    g_test_add_func("/autostart/linux/ways-to-be-off", test_ways_to_be_off);
    g_test_add_func("/autostart/linux/keeps-what-it-does-not-know",
                    test_keeps_what_it_does_not_know);
    g_test_add_func("/autostart/linux/broken-entry-is-left-alone", test_broken_entry_is_left_alone);
    g_test_add_func("/autostart/linux/endless-entry", test_endless_entry);
    g_test_add_func("/autostart/linux/fills-in-what-lacks", test_fills_in_what_lacks);
    g_test_add_func("/autostart/linux/fills-in-without-a-system", test_fills_in_without_a_system);
    g_test_add_func("/autostart/linux/link-stays", test_link_stays);
    g_test_add_func("/autostart/linux/pipe", test_pipe);
}
