#include "tests/support/system.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean wh_test_make_pipe(const char *path)
{
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    return TRUE;
}

gboolean wh_test_make_link(const char *target, const char *path)
{
    g_assert_cmpint(symlink(target, path), ==, 0);
    return TRUE;
}

gsize wh_test_memory_in_use(void)
{
    struct mallinfo2 now = mallinfo2();

    return now.uordblks + now.hblkhd;
}

guint wh_test_loopback(char **zone)
{
    *zone = g_strdup("lo");
    return if_nametoindex(*zone);
}

void wh_test_reset_at_close(int socket)
{
    struct linger linger = {.l_onoff = 1};

    g_assert_cmpint(setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger), ==, 0);
}

gboolean wh_test_is_private(const char *path)
{
    GStatBuf status;

    return g_stat(path, &status) == 0 && (status.st_mode & 0777) == 0600;
}

char *wh_test_door(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}
