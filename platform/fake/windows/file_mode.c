#include "platform/fake/file_mode.h"

/* The C library makes modes up: they tell of what is read-only, and of nobody in particular. */
gboolean wh_fake_mode_has(guint mode, guint forbidden)
{
    return FALSE;
}
