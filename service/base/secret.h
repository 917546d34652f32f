/* A secret text that wipes itself.
 *
 * The only type that carries passwords, tokens and keys through the service. Its bytes are wiped
 * when the last reference goes; nothing prints it. Not thread safe but for ref and unref. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhSecret WhSecret;

/* Copies `length` bytes of `text` (-1: up to the NUL). The caller still owns, and wipes, its own.
 */
WhSecret *wh_secret_new(const char *text, gssize length);
WhSecret *wh_secret_ref(WhSecret *secret);
void wh_secret_unref(WhSecret *secret);

/* The text, NUL-terminated, valid as long as the reference. Never log, store or copy it without
 * wiping the copy. */
const char *wh_secret_peek(const WhSecret *secret);
gsize wh_secret_length(const WhSecret *secret);

/* Whether both hold the same bytes, in time that depends on the lengths only. */
gboolean wh_secret_equal(const WhSecret *a, const WhSecret *b);

/* Overwrites `length` bytes in a way that the compiler does not take out. */
void wh_wipe(gpointer memory, gsize length);

/* Wipes a NUL-terminated text and frees it with g_free(); accepts NULL. */
void wh_wipe_free(char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSecret, wh_secret_unref)

G_END_DECLS
