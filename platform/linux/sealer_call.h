/* One connection to a program of the service manager: everything in, the end, everything out. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhSealerCall WhSealerCall;

/* bytes: everything that came until the other end closed; wiped and freed after the call, which
 * frees the call itself before it returns. */
typedef void (*WhSealerCallDone)(const char *bytes, gsize length, const GError *error,
                                 gpointer data);

/* Connects to `path`, sends `bytes` (which must live until the end) and reads at most `most`. The
 * other end must belong to root or to this user. Everything together may take `seconds`. `done` is
 * called once, from the main loop. G_IO_ERROR_NOT_FOUND: there is no such socket;
 * G_IO_ERROR_PERMISSION_DENIED: it may not be used, or somebody else answers at it;
 * G_IO_ERROR_TIMED_OUT; G_IO_ERROR_CONNECTION_CLOSED: the other end broke it off;
 * G_IO_ERROR_MESSAGE_TOO_LARGE: it said too much. */
WhSealerCall *wh_sealer_call_new(const char *path, const char *bytes, gsize length, gsize most,
                                 guint seconds, WhSealerCallDone done, gpointer data);

/* Breaks it off; `done` is not called any more. */
void wh_sealer_call_free(WhSealerCall *call);

G_END_DECLS
