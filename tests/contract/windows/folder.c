#include "platform/windows/folder.h"

#include "platform/windows/at.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"

#include <glib/gstdio.h>
#include <string.h>

#define BOTH (WH_ACCESS_NOBODY_WRITES | WH_ACCESS_NOBODY_READS)

typedef struct {
    char *base;
    char *path;
    WhTrust *trust;
} World;

static void setup(World *world, gconstpointer data)
{
    world->base = wh_helper_folder_new();
    world->path = g_build_filename(world->base, "Wayhome", NULL);
    world->trust = wh_trust_new();
}

static void teardown(World *world, gconstpointer data)
{
    wh_trust_free(world->trust);
    g_free(world->path);
    wh_helper_folder_remove(world->base);
}

static char *sddl_of(const char *path)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    HANDLE handle =
        CreateFileW(wide, READ_CONTROL, 0, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);

    g_assert_true(handle != INVALID_HANDLE_VALUE);
    char *sddl = wh_access_sddl_of(handle, NULL);
    CloseHandle(handle);
    return sddl;
}

/* Which keeps of an access list what the other system underneath can express. */
static gboolean is_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

static void assert_private(const char *path)
{
    g_autofree char *own = wh_access_own_sid();
    g_autofree char *sddl = sddl_of(path);
    g_autofree char *expected =
        is_wine() ? g_strdup_printf("D:(A;OICI;FA;;;SY)(A;OICI;FA;;;%s)", own)
                  : g_strdup_printf("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;%s)", own);

    g_assert_cmpstr(sddl, ==, expected);
}

static void set_rights(const char *path, const char *sddl)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, NULL);

    g_assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
}

static void put(const char *path, const char *text)
{
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void assert_holds(const char *path, const char *text)
{
    g_autofree char *found = NULL;

    g_assert_true(g_file_get_contents(path, &found, NULL, NULL));
    g_assert_cmpstr(found, ==, text);
}

static void test_makes(World *world, gconstpointer data)
{
    g_autofree char *deep = g_build_filename(world->path, "one", "t\xc3\xa4st", NULL);
    g_autofree char *above = g_path_get_dirname(deep);
    g_autoptr(GError) error = NULL;
    HANDLE handle = wh_folder_make(deep, WH_ACCESS_PRIVATE_FOLDER, &error);

    g_assert_no_error(error);
    g_assert_true(wh_at_is_folder(handle));
    CloseHandle(handle);
    assert_private(deep);
    assert_private(above);
    set_rights(deep, "D:(A;OICI;FA;;;SY)(A;OICI;FA;;;{own})(A;OICI;0x1200a9;;;WD)");
    g_autofree char *before = sddl_of(deep);
    handle = wh_folder_make(deep, WH_ACCESS_PRIVATE_FOLDER, &error);
    g_assert_no_error(error);
    CloseHandle(handle);
    g_autofree char *after = sddl_of(deep);
    g_assert_cmpstr(after, ==, before);
}

static void test_is_held(World *world, gconstpointer data)
{
    HANDLE handle = wh_folder_make(world->path, WH_ACCESS_PRIVATE_FOLDER, NULL);
    g_autofree char *other = g_strconcat(world->path, "2", NULL);

    g_assert_nonnull(handle);
    g_assert_cmpint(g_rename(world->path, other), !=, 0);
    g_assert_cmpint(g_rmdir(world->path), !=, 0);
    CloseHandle(handle);
    g_assert_cmpint(g_rename(world->path, other), ==, 0);
}

static void test_no_folder(World *world, gconstpointer data)
{
    g_autofree char *below = g_build_filename(world->path, "below", NULL);
    const char *const bad[] = {world->path, below, "C:\\", "C:\\nul?", "\xff"};
    g_autoptr(GError) missing = NULL;

    g_assert_null(wh_folder_open(world->path, world->trust, BOTH, &missing));
    g_assert_error(missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    put(world->path, "a file");
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(wh_folder_make(bad[i], WH_ACCESS_PRIVATE_FOLDER, &error));
        g_assert_nonnull(error);
    }
    assert_holds(world->path, "a file");
}

static void assert_refused(World *world, guint demands, const char *word)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wh_folder_open(world->path, world->trust, demands, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, world->path));
    g_assert_nonnull(strstr(error->message, word));
}

static void assert_opens(World *world, guint demands)
{
    g_autoptr(GError) error = NULL;
    HANDLE handle = wh_folder_open(world->path, world->trust, demands, &error);

    g_assert_no_error(error);
    CloseHandle(handle);
}

static void test_opens_what_is_sound(World *world, gconstpointer data)
{
    CloseHandle(wh_folder_make(world->path, WH_ACCESS_PRIVATE_FOLDER, NULL));
    assert_opens(world, BOTH);
    set_rights(world->path, "D:P(A;;FA;;;SY)(A;;FA;;;{own})(A;;0x1200a9;;;WD)");
    assert_refused(world, BOTH, "/remove *S-1-1-0");
    assert_opens(world, WH_ACCESS_NOBODY_WRITES);
    set_rights(world->path, "D:P(A;;FA;;;SY)(A;;FA;;;{own})(A;;FA;;;WD)");
    assert_refused(world, WH_ACCESS_NOBODY_WRITES, "changed by Everyone");
    wh_trust_free(world->trust);
    world->trust = wh_trust_new_empty();
    assert_refused(world, 0, "/setowner *S-1-5-32-544");
}

/* Who could rename it while it is used holds it open. */
static void test_held_is_not_used(World *world, gconstpointer data)
{
    g_autofree wchar_t *wide = wh_windows_wide(world->path);

    CloseHandle(wh_folder_make(world->path, WH_ACCESS_PRIVATE_FOLDER, NULL));
    HANDLE holder =
        CreateFileW(wide, DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                    OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    g_assert_true(holder != INVALID_HANDLE_VALUE);
    assert_refused(world, 0, "holds it open");
    CloseHandle(holder);
    assert_opens(world, 0);
}

static char *secure(World *world)
{
    g_autoptr(GError) error = NULL;
    char *aside = g_strdup("untouched");
    char *before = aside;
    HANDLE handle =
        wh_folder_secure(world->path, WH_ACCESS_PRIVATE_FOLDER, world->trust, &aside, &error);

    g_assert_no_error(error);
    g_assert_true(wh_at_is_folder(handle));
    g_assert_true(aside != before);
    g_free(before);
    CloseHandle(handle);
    assert_private(world->path);
    return aside;
}

static void test_secures_nothing(World *world, gconstpointer data)
{
    g_autofree char *aside = secure(world);

    g_assert_null(aside);
}

static void test_secures_what_is_trusted(World *world, gconstpointer data)
{
    g_autofree char *file = g_build_filename(world->path, "kept", NULL);

    g_assert_cmpint(g_mkdir(world->path, 0755), ==, 0);
    put(file, "kept");
    set_rights(world->path, "D:P(A;;FA;;;SY)(A;;FA;;;{own})(A;;FA;;;WD)");
    g_autofree char *aside = secure(world);
    g_assert_null(aside);
    assert_holds(file, "kept");
}

static void assert_aside(World *world, const char *aside)
{
    g_autofree char *prefix = g_strconcat(world->path, ".moved-20", NULL);

    g_assert_true(g_str_has_prefix(aside, prefix));
}

static void test_moves_a_file(World *world, gconstpointer data)
{
    put(world->path, "a file");
    g_autofree char *aside = secure(world);
    assert_aside(world, aside);
    assert_holds(aside, "a file");
}

static void test_moves_a_strangers(World *world, gconstpointer data)
{
    g_autofree char *file = g_build_filename(world->path, "trap", NULL);

    g_assert_cmpint(g_mkdir(world->path, 0755), ==, 0);
    put(file, "a trap");
    wh_trust_free(world->trust);
    world->trust = wh_trust_new_empty();
    g_autofree char *aside = secure(world);
    assert_aside(world, aside);
    g_assert_false(g_file_test(file, G_FILE_TEST_EXISTS));
    g_autofree char *moved = g_build_filename(aside, "trap", NULL);
    assert_holds(moved, "a trap");
}

/* A junction needs no right at all. FALSE: this system makes none. */
static gboolean make_junction(const char *path, const char *target)
{
    g_autofree char *shown = g_strconcat("mklink /J \"", path, "\" \"", target, "\"", NULL);
    g_autofree char *command = g_strconcat("cmd.exe /d /c ", shown, NULL);
    g_autofree wchar_t *wide_path = wh_windows_wide(path);

    return g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL) &&
           (GetFileAttributesW(wide_path) & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
           GetFileAttributesW(wide_path) != INVALID_FILE_ATTRIBUTES;
}

static void test_junction(World *world, gconstpointer data)
{
    g_autofree char *target = g_build_filename(world->base, "target", NULL);
    g_autofree char *inside = g_build_filename(target, "kept", NULL);

    g_assert_cmpint(g_mkdir(target, 0755), ==, 0);
    put(inside, "kept");
    if (!make_junction(world->path, target)) {
        g_test_skip("Junctions cannot be made here");
        return;
    }
    assert_refused(world, 0, "is a link");
    g_assert_null(wh_folder_make(world->path, WH_ACCESS_PRIVATE_FOLDER, NULL));
    g_autofree char *aside = secure(world);
    assert_aside(world, aside);
    assert_holds(inside, "kept");
    g_autofree char *through = g_build_filename(world->path, "kept", NULL);
    g_assert_false(g_file_test(through, G_FILE_TEST_EXISTS));
}

/* Somebody else uses it just now: that is no reason to take another. */
static void test_busy_is_not_moved(World *world, gconstpointer data)
{
    g_autofree wchar_t *wide = wh_windows_wide(world->path);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir(world->path, 0755), ==, 0);
    HANDLE busy = CreateFileW(wide, FILE_LIST_DIRECTORY, FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                              FILE_FLAG_BACKUP_SEMANTICS, NULL);
    g_assert_true(busy != INVALID_HANDLE_VALUE);
    g_assert_null(
        wh_folder_secure(world->path, WH_ACCESS_PRIVATE_FOLDER, world->trust, NULL, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, "Restart the computer"));
    g_assert_true(g_file_test(world->path, G_FILE_TEST_IS_DIR));
    CloseHandle(busy);
}

/* Of somebody who keeps a handle with the right to remove it, so that nobody else may look. */
static void test_held_is_moved(World *world, gconstpointer data)
{
    g_autofree wchar_t *wide = wh_windows_wide(world->path);
    g_autofree char *aside = NULL;

    g_assert_cmpint(g_mkdir(world->path, 0755), ==, 0);
    HANDLE holder =
        CreateFileW(wide, DELETE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                    OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    g_assert_true(holder != INVALID_HANDLE_VALUE);
    wh_trust_free(world->trust);
    world->trust = wh_trust_new_empty();
    HANDLE made =
        wh_folder_secure(world->path, WH_ACCESS_PRIVATE_FOLDER, world->trust, &aside, NULL);
    g_assert_true(made != NULL);
    g_assert_nonnull(aside);
    g_assert_true(g_file_test(aside, G_FILE_TEST_IS_DIR));
    CloseHandle(made);
    CloseHandle(holder);
}

#define ADD(path, func) g_test_add("/folder/" path, World, NULL, setup, func, teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("makes", test_makes);
    ADD("is-held", test_is_held);
    ADD("no-folder", test_no_folder);
    ADD("opens-what-is-sound", test_opens_what_is_sound);
    ADD("held-is-not-used", test_held_is_not_used);
    ADD("secures-nothing", test_secures_nothing);
    ADD("secures-what-is-trusted", test_secures_what_is_trusted);
    ADD("moves-a-file", test_moves_a_file);
    ADD("moves-a-strangers", test_moves_a_strangers);
    ADD("junction", test_junction);
    ADD("busy-is-not-moved", test_busy_is_not_moved);
    ADD("held-is-moved", test_held_is_moved);
    return g_test_run();
}
