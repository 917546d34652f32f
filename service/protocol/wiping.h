/* Memory that held a secret, for the programs that see nothing of the service but this room. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Overwrites `length` bytes in a way that the compiler does not take out. */
void wh_wiping_erase(gpointer memory, gsize length);

/* Overwrites a NUL-terminated text and frees it with g_free(); accepts NULL. */
void wh_wiping_free(char *text);

/* The same for a variable: g_auto(WhWipedText) text = ... */
typedef char *WhWipedText;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(WhWipedText, wh_wiping_free, NULL)

/* `length` bytes for g_bytes_unref(), wiped and freed with the last reference. *bytes is where to
 * write them before anybody else sees them. */
GBytes *wh_wiping_bytes_new(gsize length, char **bytes);

/* malloc() and free() that wipe what they give back; for json_set_alloc_funcs(). */
void *wh_wiping_allocate(size_t size);
void wh_wiping_release(void *memory);

G_END_DECLS
