/* What wayhome-setup deletes, and what it leaves. */
#include "installer/windows/setup/folders.h"
#include "installer/windows/setup/removal.h"
#include "platform/paths.h"
#include "platform/windows/access.h"
#include "platform/windows/text.h"

#include <glib/gstdio.h>
#include <string.h>
#include <windows.h>

#define OPEN_TO_ALL "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)"

static gboolean exists(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A folder with a file in it, in a folder that is new. */
typedef struct {
    char *top;
    char *ours;
    char *file;
} World;

static void set_up(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *deep = NULL;

    world->top = g_dir_make_tmp("wayhome-XXXXXX", &error);
    g_assert_no_error(error);
    world->ours = g_build_filename(world->top, "Wayhome", NULL);
    deep = g_build_filename(world->ours, "état", "deeper", NULL);
    world->file = g_build_filename(deep, "kept", NULL);
    g_assert_cmpint(g_mkdir_with_parents(deep, 0700), ==, 0);
    g_assert_true(g_file_set_contents(world->file, "x", 1, NULL));
}

static void tear_down(World *world, gconstpointer data)
{
    g_assert_true(wh_removal_of_all(world->top, NULL));
    g_assert_false(exists(world->top));
    g_free(world->top);
    g_free(world->ours);
    g_free(world->file);
}

static void test_all(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *below = g_build_filename(world->ours, "not there", "file", NULL);

    g_assert_cmpint(g_chmod(world->file, 0400), ==, 0);
    wh_removal_of_empty(world->ours);
    g_assert_true(exists(world->file));
    g_assert_true(wh_removal_of_all(world->ours, &error));
    g_assert_no_error(error);
    g_assert_false(exists(world->ours));
    g_assert_true(wh_removal_of_all(world->ours, &error));
    g_assert_true(wh_removal_of_all(below, &error));
    g_assert_no_error(error);
}

/* What somebody else has open stays, is named, and keeps nothing else. */
static void test_held(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *other = g_build_filename(world->ours, "other", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(world->file);
    HANDLE holder = CreateFileW(wide, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    g_assert_true(holder != INVALID_HANDLE_VALUE);
    g_assert_true(g_file_set_contents(other, "x", 1, NULL));
    g_assert_false(wh_removal_of_all(world->ours, &error));
    g_assert_nonnull(strstr(error->message, "kept"));
    g_assert_false(exists(other));
    CloseHandle(holder);
    g_assert_true(exists(world->file));
}

/* A junction needs no right at all. FALSE: this system makes none. */
static gboolean make_junction(const char *path, const char *target)
{
    g_autofree char *command =
        g_strconcat("cmd.exe /d /c mklink /J \"", path, "\" \"", target, "\"", NULL);

    return g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL) && exists(path);
}

static void test_links(World *world, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *elsewhere = g_build_filename(world->top, "elsewhere", NULL);
    g_autofree char *inside = g_build_filename(elsewhere, "not ours", NULL);
    g_autofree char *link = g_build_filename(world->ours, "link", NULL);

    g_assert_cmpint(g_mkdir(elsewhere, 0700), ==, 0);
    g_assert_true(g_file_set_contents(inside, "x", 1, NULL));
    if (!make_junction(link, elsewhere)) {
        g_test_skip("Junctions cannot be made here");
        return;
    }
    g_assert_true(wh_removal_of_all(world->ours, &error));
    g_assert_no_error(error);
    g_assert_false(exists(world->ours));
    g_assert_true(exists(inside));
    g_assert_true(make_junction(world->ours, elsewhere));
    g_assert_true(wh_removal_of_all(world->ours, &error));
    g_assert_false(exists(world->ours));
    g_assert_true(exists(inside));
}

/* The folder of the whole computer: under Wine alone it is nobody's. */
static char *system_folder(void)
{
    g_autofree char *state = wh_paths_state_folder(WH_PATHS_SYSTEM);

    if (GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL)
        return g_path_get_dirname(state);
    g_test_skip("it would delete what the service of this computer keeps");
    return NULL;
}

static void set_rights(const char *path, const char *sddl)
{
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, NULL);
    g_autofree wchar_t *wide = wh_windows_wide(path);

    g_assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
}

static void ignore(const char *sentence, gboolean is_fatal, gpointer data)
{
}

static void fill(const WhSetup *setup, const char *file)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(wh_folders_make(setup, &error));
    g_assert_no_error(error);
    g_assert_true(g_file_set_contents(file, "x", 1, NULL));
}

static void test_system(void)
{
    const WhSetup setup = {.is_wine = TRUE, .say = ignore};
    g_autoptr(GError) error = NULL;
    g_autofree char *top = system_folder();
    g_autofree char *file = top != NULL ? g_build_filename(top, "config", "mine", NULL) : NULL;
    g_autofree char *empty = top != NULL ? g_build_filename(top, "config", "hosts.d", NULL) : NULL;

    if (top == NULL)
        return;
    g_assert_true(wh_folders_purge(&setup, &error));
    g_assert_true(wh_folders_remove_empty(&setup, &error));
    fill(&setup, file);
    g_assert_true(exists(empty));
    g_assert_true(wh_folders_remove_empty(&setup, &error));
    g_assert_false(exists(empty));
    g_assert_true(exists(file));
    g_assert_true(wh_folders_purge(&setup, &error));
    g_assert_no_error(error);
    g_assert_false(exists(top));
}

/* Somebody else could exchange what is inside while it is deleted with all rights. */
static void test_untrusted(void)
{
    const WhSetup setup = {.is_wine = TRUE, .say = ignore};
    g_autoptr(GError) purged = NULL;
    g_autoptr(GError) emptied = NULL;
    g_autofree char *top = system_folder();
    g_autofree char *file = top != NULL ? g_build_filename(top, "config", "mine", NULL) : NULL;
    g_autofree char *empty = top != NULL ? g_build_filename(top, "config", "hosts.d", NULL) : NULL;

    if (top == NULL)
        return;
    fill(&setup, file);
    set_rights(top, OPEN_TO_ALL);
    g_assert_false(wh_folders_purge(&setup, &purged));
    g_assert_nonnull(strstr(purged->message, "left as it is"));
    g_assert_true(exists(file));
    g_assert_false(wh_folders_remove_empty(&setup, &emptied));
    g_assert_true(exists(empty));
    fill(&setup, file);
    g_assert_true(wh_folders_purge(&setup, NULL));
    g_assert_false(exists(top));
}

#define ADD(name, function)                                                                        \
    g_test_add("/setup-removal/" name, World, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("all", test_all);
    ADD("held", test_held);
    ADD("links", test_links);
    g_test_add_func("/setup-removal/system", test_system);
    g_test_add_func("/setup-removal/untrusted", test_untrusted);
    return g_test_run();
}
