#include "tests/contract/admin_file_adapter.h"

#include <glib/gstdio.h>

/* Under Windows, nothing comes of some bits. */
gboolean wh_adapter_set_mode(const char *path, guint mode)
{
    GStatBuf there;

    return g_chmod(path, (int)mode) == 0 && g_stat(path, &there) == 0 &&
           (there.st_mode & 0777) == mode;
}

void wh_adapter_add_tests(void)
{
}
