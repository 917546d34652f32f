#include "tests/support/system.h"

#include <winsock2.h>

#include <iphlpapi.h>
#include <psapi.h>
#include <windows.h>

/* Named pipes have a place of their own. */
gboolean wh_test_make_pipe(const char *path)
{
    return FALSE;
}

gboolean wh_test_make_link(const char *target, const char *path)
{
    g_autofree gunichar2 *wide_target = g_utf8_to_utf16(target, -1, NULL, NULL, NULL);
    g_autofree gunichar2 *wide_path = g_utf8_to_utf16(path, -1, NULL, NULL, NULL);

    /* Wine says that it did, and makes none. */
    return CreateSymbolicLinkW(wide_path, wide_target,
                               SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE) != 0 &&
           GetFileAttributesW(wide_path) != INVALID_FILE_ATTRIBUTES;
}

gsize wh_test_memory_in_use(void)
{
    PROCESS_MEMORY_COUNTERS_EX now = {.cb = sizeof now};

    g_assert_true(
        GetProcessMemoryInfo(GetCurrentProcess(), (PROCESS_MEMORY_COUNTERS *)&now, sizeof now));
    return now.PrivateUsage;
}

/* The loopback is always the first. */
guint wh_test_loopback(char **zone)
{
    *zone = g_strdup("1");
    return 1;
}

void wh_test_reset_at_close(int socket)
{
    struct linger linger = {.l_onoff = 1};

    g_assert_cmpint(
        setsockopt((SOCKET)socket, SOL_SOCKET, SO_LINGER, (const char *)&linger, sizeof linger), ==,
        0);
}

/* What a person's folder holds is theirs alone. */
gboolean wh_test_is_private(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* A pipe is in no folder. */
char *wh_test_door(const char *folder, const char *name)
{
    g_autofree char *base = g_path_get_basename(folder);
    g_autofree char *flat = g_strdelimit(g_strdup(name), "/", '-');

    return g_strdup_printf("\\\\.\\pipe\\%s-%s", base, flat);
}
