/* How the contract tests of uplink.h make things happen. */
#pragma once

#include "platform/uplink.h"

G_BEGIN_DECLS

/* A computer whose way to the internet is a VPN's, with the home's line beside it. FALSE: cannot be
 * had here for that family; the test is skipped with the reason. */
gboolean wh_adapter_begin(guint family);
void wh_adapter_end(void);

/* The number of the line. */
guint wh_adapter_line(void);

/* A number that no interface has. */
guint wh_adapter_nobody(void);

guint64 wh_adapter_socket_new(guint family, gboolean stream);
void wh_adapter_socket_close(guint64 socket);

typedef enum {
    WH_SENT_OVER_VPN,
    WH_SENT_OVER_LINE,
} WhSent;

/* Sends something into the internet, or begins to connect to it, and tells by which way it left. */
WhSent wh_adapter_send(guint64 socket, guint family, gboolean stream);

void wh_adapter_add_tests(void);

G_END_DECLS
