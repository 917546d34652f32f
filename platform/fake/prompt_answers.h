/* The string by which tests pull at the fake prompt. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the next call of wh_prompt_secret() returns; without one there is no terminal. */
void wh_fake_prompt_answer(const char *secret);

G_END_DECLS
