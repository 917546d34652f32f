/* Text under construction that may hold secrets: what is sent, and beside it what may be shown.
 * Wipes itself. Private to this room. */
#pragma once

#include "service/base/secret.h"

G_BEGIN_DECLS

typedef struct WhSecretText WhSecretText;

WhSecretText *wh_secret_text_new(void);
void wh_secret_text_free(WhSecretText *text);

/* Adds bytes to what is sent, and with `show` to what is shown. */
void wh_secret_text_add(WhSecretText *text, const char *bytes, gsize length, gboolean show);

/* Adds a NUL-terminated text to what is shown only. */
void wh_secret_text_show(WhSecretText *text, const char *shown);

/* What is sent (a new reference), and what is shown (freed by the caller). */
WhSecret *wh_secret_text_secret(const WhSecretText *text);
char *wh_secret_text_shown(const WhSecretText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSecretText, wh_secret_text_free)

G_END_DECLS
