/* Seals small texts so that only this computer opens them again, without a password and before
 * anybody signs in.
 *
 * Everything is asynchronous; callbacks come in the main context, never before the function that
 * was given them returned, and not after wh_sealer_free(). Linux: systemd-creds behind two sockets
 * of the service manager, with the key of this host and nothing else. Windows: its data protection
 * (CryptProtectData) with the key of this computer. There every program of this computer could open
 * it again: what keeps others away is who may read the file that it rests in. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhSealer WhSealer;

/* bytes: wiped and freed after the call. error: G_IO_ERROR_NOT_FOUND: this system has nothing that
 * seals; G_IO_ERROR_INVALID_DATA (unseal only): what was sealed is damaged, or was sealed on
 * another computer or with another key; anything else: it did not work this time. */
typedef void (*WhSealerDone)(const char *bytes, gsize length, const GError *error, gpointer data);

/* `folder` holds the sockets; NULL: where the system has them. Windows has none. */
WhSealer *wh_sealer_new(const char *folder);

/* Calls under way are not answered any more. */
void wh_sealer_free(WhSealer *sealer);

/* FALSE: this system has nothing that seals, as far as can be seen without trying. */
gboolean wh_sealer_is_present(WhSealer *sealer);

/* Up to 64 KiB; the input is copied into memory that is wiped. What is sealed is text without a
 * NUL. Several at once are done a few at a time. */
void wh_sealer_seal(WhSealer *sealer, const char *bytes, gsize length, WhSealerDone done,
                    gpointer data);
void wh_sealer_unseal(WhSealer *sealer, const char *bytes, gsize length, WhSealerDone done,
                      gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSealer, wh_sealer_free)

G_END_DECLS
