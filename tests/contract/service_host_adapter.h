/* How the contract tests of service_host.h make things happen. */
#pragma once

#include "platform/service_host.h"

G_BEGIN_DECLS

/* The manager listens from now on; before a host is made. */
void wh_adapter_begin(void);
void wh_adapter_end(void);

/* A host below that manager. */
WhServiceHost *wh_adapter_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data);

/* Asks the service to stop. */
void wh_adapter_stop(void);

/* Asks it to read its files again. */
void wh_adapter_reload(void);

/* Everything told so far, joined by '|': "ready: LINE", "status: LINE", "stopping". */
char *wh_adapter_told(void);
void wh_adapter_add_tests(void);

G_END_DECLS
