#include "platform/admin_file.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"
#include "tests/contract/admin_file_adapter.h"
#include "tests/contract/helper.h"

#include <glib/gstdio.h>
#include <string.h>

static void set_rights(const char *path, const char *sddl)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, NULL);

    g_assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
}

gboolean wh_adapter_set_mode(const char *path, guint mode)
{
    g_autoptr(GString) sddl = g_string_new("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;{own})");

    if ((mode & 0044) != 0)
        g_string_append(sddl, "(A;OICI;FR;;;WD)");
    if ((mode & 0022) != 0)
        g_string_append(sddl, "(A;OICI;FW;;;WD)");
    set_rights(path, sddl->str);
    return TRUE;
}

typedef struct {
    char *folder;
    char *path;
} World;

static void setup(World *world, gconstpointer data)
{
    world->folder = wh_helper_folder_new();
    world->path = g_build_filename(world->folder, "a.conf", NULL);
    g_assert_true(g_file_set_contents(world->path, "text", -1, NULL));
}

static void teardown(World *world, gconstpointer data)
{
    g_free(world->path);
    wh_helper_folder_remove(world->folder);
}

static void assert_says(World *world, const char *sentence)
{
    g_autoptr(GError) error = NULL;
    gsize length = 77;

    g_assert_null(wh_admin_file_read_secret(world->path, &length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, world->path));
    g_assert_nonnull(strstr(error->message, sentence));
    g_assert_null(strstr(error->message, "text"));
    g_assert_cmpuint(length, ==, 77);
}

/* They say whom it is about, and what to enter. */
static void test_sentences(World *world, gconstpointer data)
{
    wh_adapter_set_mode(world->path, 0644);
    assert_says(world, "may be read by Everyone");
    assert_says(world, "use another secret");
    assert_says(world, "/inheritance:d");
    assert_says(world, "/remove *S-1-1-0");
    wh_adapter_set_mode(world->path, 0666);
    assert_says(world, "may be changed by Everyone");
}

static void test_names_are_utf8(World *world, gconstpointer data)
{
    g_autofree char *path = g_build_filename(world->folder, "\xc3\xa4\xe2\x82\xac.CONF", NULL);

    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    g_auto(GStrv) found = wh_admin_file_list(world->folder, ".conf", NULL);
    g_autofree char *joined = found != NULL ? g_strjoinv(" ", found) : NULL;
    g_assert_cmpstr(joined, ==, "a.conf \xc3\xa4\xe2\x82\xac.CONF");
}

/* As an editor has it open that lets others read. */
static void test_open_elsewhere(World *world, gconstpointer data)
{
    g_autofree wchar_t *wide = wh_windows_wide(world->path);
    HANDLE editor = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL,
                                OPEN_EXISTING, 0, NULL);
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    char *bytes = wh_admin_file_read(world->path, &length, &error);
    g_assert_no_error(error);
    wh_helper_assert_bytes(bytes, length, "text", 4);
    wh_admin_file_wipe(bytes, length);
    CloseHandle(editor);
    editor = CreateFileW(wide, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    g_assert_null(wh_admin_file_read(world->path, &length, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_BUSY);
    CloseHandle(editor);
}

static void test_no_paths(World *world, gconstpointer data)
{
    const char *const paths[] = {"", "\xff", "C:\\no\\such", "nul", "\\\\.\\pipe\\no-such", "a?b"};

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        gsize length = 0;

        g_assert_null(wh_admin_file_read(paths[i], &length, &error));
        g_assert_nonnull(error);
    }
}

#define ADD(path, func) g_test_add("/admin-file/windows/" path, World, NULL, setup, func, teardown)

void wh_adapter_add_tests(void)
{
    ADD("sentences", test_sentences);
    ADD("names-are-utf8", test_names_are_utf8);
    ADD("open-elsewhere", test_open_elsewhere);
    ADD("no-paths", test_no_paths);
}
