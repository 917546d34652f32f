#include "platform/fake/file_mode.h"

gboolean wh_fake_mode_has(guint mode, guint forbidden)
{
    return (mode & forbidden) != 0;
}
