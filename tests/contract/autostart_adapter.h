/* How the contract tests of autostart.h make things happen. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A person for whom nothing starts yet. */
void wh_adapter_begin(void);
void wh_adapter_end(void);

/* The system starts the program for everybody. */
void wh_adapter_provide(const char *id);
void wh_adapter_forbid_writing(void);
void wh_adapter_add_tests(void);

G_END_DECLS
