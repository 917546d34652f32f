#include "platform/secret_store.h"

#include "platform/windows/access.h"
#include "platform/windows/at.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"
#include "tests/contract/secret_store_adapter.h"

#include <glib/gstdio.h>
#include <string.h>

#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

static char *file_of(const char *folder, const char *key)
{
    g_autofree char *name = g_strconcat(key, ".secret", NULL);

    return g_build_filename(folder, name, NULL);
}

static HANDLE open_path(const char *path, DWORD access)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    HANDLE handle =
        CreateFileW(wide, access, 0, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);

    g_assert_true(handle != INVALID_HANDLE_VALUE);
    return handle;
}

/* In place, so that it keeps its access rights. */
static void set_contents(const char *path, const char *text)
{
    HANDLE file = open_path(path, GENERIC_WRITE);
    DWORD written;

    g_assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    g_assert_true(SetEndOfFile(file));
    CloseHandle(file);
}

static void set_length(const char *path, int from_end)
{
    HANDLE file = open_path(path, GENERIC_WRITE);

    g_assert_true(SetFilePointer(file, from_end, NULL, FILE_END) != INVALID_SET_FILE_POINTER);
    g_assert_true(SetEndOfFile(file));
    CloseHandle(file);
}

void wh_adapter_damage(const char *folder, const char *key)
{
    g_autofree char *path = file_of(folder, key);

    set_length(path, -1);
}

static void set_rights(const char *path, const char *sddl)
{
    g_autofree wchar_t *wide = wh_windows_wide(path);
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(sddl, NULL);

    g_assert_true(SetFileSecurityW(wide, DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
}

gboolean wh_adapter_deny(const char *folder, const char *key, gboolean denied)
{
    g_autofree char *path = file_of(folder, key);

    set_rights(path,
               denied ? "D:P(A;;FA;;;SY)(A;;FA;;;{own})(A;;FR;;;WD)" : WH_ACCESS_PRIVATE_FILE);
    return TRUE;
}

void wh_adapter_repair(void)
{
}

typedef struct {
    char *folder;
    char *path; /* of the store */
    char *file; /* of the key "a" */
    WhSecretStore *store;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->folder = wh_helper_folder_new();
    fixture->path = g_build_filename(fixture->folder, "secrets", NULL);
    fixture->file = file_of(fixture->path, "a");
    fixture->store = wh_secret_store_open(fixture->path, NULL);
    g_assert_nonnull(fixture->store);
    g_assert_true(wh_secret_store_put(fixture->store, "a", "token", 5, NULL));
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_secret_store_free(fixture->store);
    g_free(fixture->file);
    g_free(fixture->path);
    wh_helper_folder_remove(fixture->folder);
}

static void expect(Fixture *fixture, const char *text)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;
    char *bytes = wh_secret_store_lookup(fixture->store, "a", &length, &error);

    g_assert_no_error(error);
    wh_helper_assert_bytes(bytes, length, text, strlen(text));
    wh_secret_store_wipe(bytes, length);
}

static void expect_error(Fixture *fixture, gint code)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    g_assert_null(wh_secret_store_lookup(fixture->store, "a", &length, &error));
    g_assert_error(error, G_IO_ERROR, code);
    g_assert_null(strstr(error->message, "token"));
}

/* Wine keeps of an access list what the system underneath can express. */
static gboolean is_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

static void assert_rights(const char *path, const char *flags)
{
    g_autofree char *own = wh_access_own_sid();
    HANDLE handle = open_path(path, READ_CONTROL);
    g_autofree char *sddl = wh_access_sddl_of(handle, NULL);
    g_autofree char *expected =
        is_wine() ? g_strdup_printf("D:(A;%s;FA;;;SY)(A;%s;FA;;;%s)", flags, flags, own)
                  : g_strdup_printf("D:P(A;%s;FA;;;SY)(A;%s;FA;;;BA)(A;%s;FA;;;%s)", flags, flags,
                                    flags, own);

    CloseHandle(handle);
    g_assert_cmpstr(sddl, ==, expected);
}

static void test_rights(Fixture *fixture, gconstpointer data)
{
    assert_rights(fixture->path, "OICI");
    assert_rights(fixture->file, "");
    g_assert_true(wh_secret_store_put(fixture->store, "a", "other", 5, NULL));
    assert_rights(fixture->file, "");
}

/* Refused, not mended: somebody may have read it. */
static void test_open_folder_is_refused(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    set_rights(fixture->path, "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;{own})(A;OICI;FR;;;WD)");
    g_assert_null(wh_secret_store_open(fixture->path, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_nonnull(strstr(error->message, "icacls"));
    g_assert_nonnull(strstr(error->message, fixture->path));
}

static void test_folder_is_refused(Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint(g_unlink(fixture->file), ==, 0);
    g_assert_cmpint(g_mkdir(fixture->file, 0700), ==, 0);
    expect_error(fixture, G_IO_ERROR_PERMISSION_DENIED);
}

static void test_strange_content_is_damaged(Fixture *fixture, gconstpointer data)
{
    const char *contents[] = {"", "token", "wayhome-secret 1 00005\ntoke",
                              "wayhome-secret 1 00005\ntokens", "wayhome-secret 2 00005\ntoken"};

    for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
        set_contents(fixture->file, contents[i]);
        expect_error(fixture, G_IO_ERROR_INVALID_DATA);
    }
    g_autofree char *more = g_strnfill(65537, 'x');
    g_autofree char *long_one = g_strconcat("wayhome-secret 1 65537\n", more, NULL);
    set_contents(fixture->file, long_one);
    expect_error(fixture, G_IO_ERROR_INVALID_DATA);
    set_length(fixture->file, 1 << 30);
    expect_error(fixture, G_IO_ERROR_INVALID_DATA);
}

static void test_leftovers_go(Fixture *fixture, gconstpointer data)
{
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    g_autofree char *other = g_build_filename(fixture->path, "b.secret.new", NULL);

    g_assert_true(g_file_set_contents(aside, "half", -1, NULL));
    g_assert_true(wh_secret_store_put(fixture->store, "a", "new", 3, NULL));
    expect(fixture, "new");
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_set_contents(aside, "half", -1, NULL));
    g_assert_true(g_file_set_contents(other, "whole", -1, NULL));
    wh_secret_store_free(fixture->store);
    fixture->store = wh_secret_store_open(fixture->path, NULL);
    g_assert_false(g_file_test(aside, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    expect(fixture, "new");
}

static void test_failed_write_keeps_the_old(Fixture *fixture, gconstpointer data)
{
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    g_autofree char *inside = g_build_filename(aside, "x", NULL);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir(aside, 0700), ==, 0);
    g_assert_true(g_file_set_contents(inside, "", 0, NULL));
    g_assert_false(wh_secret_store_put(fixture->store, "a", "new", 3, &error));
    g_assert_nonnull(error);
    g_assert_false(g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
    expect(fixture, "token");
}

/* As a virus scanner has it open. */
static void test_replaced_while_read(Fixture *fixture, gconstpointer data)
{
    g_autofree wchar_t *wide = wh_windows_wide(fixture->file);
    HANDLE reader = CreateFileW(wide, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);

    g_assert_true(reader != INVALID_HANDLE_VALUE);
    gboolean done = wh_secret_store_put(fixture->store, "a", "new", 3, NULL);
    if (is_wine() && !done)
        g_test_skip("Wine replaces nothing that is open");
    else
        g_assert_true(done);
    expect(fixture, done ? "new" : "token");
    CloseHandle(reader);
}

/* What Wine does not have is played by the test: a file that goes as POSIX does it is out of the
 * folder's way at once. folder: where that is, or NULL. */
typedef BOOL(WINAPI *SetInformation)(HANDLE, FILE_INFO_BY_HANDLE_CLASS, void *, DWORD);

static HANDLE *played_folder(void)
{
    static HANDLE folder;

    return &folder;
}

static BOOL WINAPI set_information(HANDLE file, FILE_INFO_BY_HANDLE_CLASS class, void *wish,
                                   DWORD size)
{
    HMODULE library = GetModuleHandleW(L"kernel32.dll");
    SetInformation real =
        (SetInformation)(void *)GetProcAddress(library, "SetFileInformationByHandle");
    FILE_DISPOSITION_INFO deletion = {TRUE};

    if (*played_folder() == NULL || class != (FILE_INFO_BY_HANDLE_CLASS)21)
        return real(file, class, wish, size);
    g_assert_cmpuint(*(const ULONG *)wish, ==, 3);
    g_assert_cmpuint(wh_at_rename(file, *played_folder(), "gone", FALSE), ==, ERROR_SUCCESS);
    return real(file, FileDispositionInfo, &deletion, sizeof deletion);
}

/* In place of what the import library has: the linker takes what is here already. */
extern const SetInformation __imp_SetFileInformationByHandle;
const SetInformation __imp_SetFileInformationByHandle = set_information;

/* A leftover that somebody still has open does not stand in the way of a new secret. */
static void test_leftover_while_read(Fixture *fixture, gconstpointer data)
{
    g_autofree char *aside = g_strconcat(fixture->file, ".new", NULL);
    g_autofree wchar_t *wide = wh_windows_wide(aside);
    g_autofree wchar_t *wide_folder = wh_windows_wide(fixture->path);

    g_assert_true(g_file_set_contents(aside, "half", -1, NULL));
    HANDLE reader = CreateFileW(wide, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);
    HANDLE folder = CreateFileW(wide_folder, FILE_TRAVERSE, SHARE_ALL, NULL, OPEN_EXISTING,
                                FILE_FLAG_BACKUP_SEMANTICS, NULL);
    g_assert_true(reader != INVALID_HANDLE_VALUE && folder != INVALID_HANDLE_VALUE);
    *played_folder() = is_wine() ? folder : NULL;
    g_assert_true(wh_secret_store_put(fixture->store, "a", "new", 3, NULL));
    *played_folder() = NULL;
    CloseHandle(folder);
    CloseHandle(reader);
    expect(fixture, "new");
}

/* Which are devices in a path. */
static void test_names_of_devices(Fixture *fixture, gconstpointer data)
{
    const char *keys[] = {"con", "nul", "com1", "aux.token"};

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autoptr(GError) error = NULL;
        gsize length = 0;

        g_assert_true(wh_secret_store_put(fixture->store, keys[i], "x", 1, &error));
        g_assert_no_error(error);
        char *bytes = wh_secret_store_lookup(fixture->store, keys[i], &length, &error);
        wh_helper_assert_bytes(bytes, length, "x", 1);
        wh_secret_store_wipe(bytes, length);
        g_assert_true(wh_secret_store_remove(fixture->store, keys[i], &error));
    }
}

#define ADD(path, func)                                                                            \
    g_test_add("/secret-store/windows/" path, Fixture, NULL, setup, func, teardown)

void wh_adapter_add_tests(void)
{
    ADD("rights", test_rights);
    ADD("open-folder-is-refused", test_open_folder_is_refused);
    ADD("folder-is-refused", test_folder_is_refused);
    ADD("strange-content-is-damaged", test_strange_content_is_damaged);
    ADD("leftovers-go", test_leftovers_go);
    ADD("failed-write-keeps-the-old", test_failed_write_keeps_the_old);
    ADD("replaced-while-read", test_replaced_while_read);
    ADD("leftover-while-read", test_leftover_while_read);
    ADD("names-of-devices", test_names_of_devices);
}
