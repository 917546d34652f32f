/* The definitions that are compiled in: every definitions/NAME.provider. Private to this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
    char *id;
    GBytes *text;
} WhShippedDefinition;

/* All of them (WhShippedDefinition); free with g_ptr_array_unref(). */
GPtrArray *wh_shipped_definitions_new(void);

G_END_DECLS
