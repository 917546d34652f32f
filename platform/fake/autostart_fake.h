/* The strings by which tests pull at the fake autostart. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Forgets everything: nothing starts. */
void wh_fake_autostart_reset(void);

/* The system starts this program for everybody who has not said otherwise. */
void wh_fake_autostart_provide(const char *id);

/* TRUE: nothing can be written (G_IO_ERROR_READ_ONLY). */
void wh_fake_autostart_set_read_only(gboolean read_only);

G_END_DECLS
