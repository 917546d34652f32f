/* Takes secrets out of text. The one redactor for everything that is logged, stored or shown. */
#pragma once

#include "service/base/secret.h"

G_BEGIN_DECLS

/* `text` (valid UTF-8 or not; the result is) with every appearance of every secret in `secrets`
 * (WhSecret; NULL: none) replaced by "[secret]": as it is, percent-encoded (either case), as
 * hexadecimal digits, with the entities of a web page (by number too) or the escapes of JSON,
 * base64 (as part of user:password too where `user` is given), and in any letter case. Control
 * characters become blanks; the result is at most `max` bytes, cut at a character with an ellipsis.
 * The caller frees it. Secrets of fewer than four characters are only replaced as whole words. */
char *wh_redact(const char *text, const GPtrArray *secrets, const char *user, gsize max);

G_END_DECLS
