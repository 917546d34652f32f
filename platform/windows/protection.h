/* The data protection of the system with the key of this computer (CryptProtectData with
 * CRYPTPROTECT_LOCAL_MACHINE), as text of six bits a letter. Blocks: the system asks another
 * process.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Both: up to `most` bytes come out, with a NUL behind them, for wh_protection_wipe(); NULL with
 * `error`. Unsealing: G_IO_ERROR_INVALID_DATA when it is damaged, or of another computer. */
char *wh_protection_seal(const char *bytes, gsize length, gsize most, gsize *out, GError **error);
char *wh_protection_unseal(const char *text, gsize length, gsize most, gsize *out, GError **error);

/* Accepts NULL. */
void wh_protection_wipe(char *bytes, gsize length);

G_END_DECLS
