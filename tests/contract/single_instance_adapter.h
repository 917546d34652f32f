/* How the contract tests of single_instance.h make things happen. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WH_ADAPTER_ID "org.wayhome.Contract"

/* FALSE: this system leaves it to GApplication. */
gboolean wh_adapter_begin(void);
void wh_adapter_end(void);

/* Another start with this request; returns at once. When it has ended, wh_adapter_ended() gives its
 * exit status: what it was answered, or 99 when it could have run itself. */
void wh_adapter_start(const char *request);
gboolean wh_adapter_ended(int *status);

/* Another program says that the running one is to end; it ends with 0 when that is so. */
void wh_adapter_start_quit(void);
void wh_adapter_add_tests(void);

/* Of a program that was started by the above: TRUE, with its exit status. */
gboolean wh_adapter_is_other(int argc, char **argv, int *status);

G_END_DECLS
