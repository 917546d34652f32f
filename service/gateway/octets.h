/* Numbers in network order. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint16 wh_octets_read16(const guint8 *at)
{
    return (guint16)(at[0] << 8 | at[1]);
}

static inline guint32 wh_octets_read32(const guint8 *at)
{
    return (guint32)wh_octets_read16(at) << 16 | wh_octets_read16(at + 2);
}

G_END_DECLS
