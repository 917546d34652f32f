/* Tests of the keyring of Linux with a Secret Service that misbehaves. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* They need the session bus that the environment names by then. */
void wh_test_keyring_add_wrong(void);

G_END_DECLS
