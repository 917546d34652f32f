/* One running program a person and session, which others that are started ask instead of running
 * themselves.
 *
 * Where the desktop has a bus, GApplication does this over it, and only the word to end is done
 * here. Where it has none (Windows), GApplication is told not to look for one, and a start is heard
 * by the program that runs already. Callbacks come in the main context of the thread that made the
 * instance. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct WhSingleInstance WhSingleInstance;

/* asked: another start wants something; what is returned, from 0 to 255, is its answer; it
 * must not free the instance. quit: the
 * program is to end, because somebody said so or the session ends; then the system waits some
 * seconds for wh_single_instance_free(). */
typedef struct {
    int (*asked)(const char *request, gpointer data);
    void (*quit)(gpointer data);
} WhSingleInstanceFuncs;

/* What GApplication is to be made with, besides. */
GApplicationFlags wh_single_instance_flags(void);

/* id: the application id. request: UTF-8 for the program that may run already, which is allowed to
 * come to the front. again: the arguments with which a system that ends programs for an upgrade
 * starts them afterwards. NULL: another one runs, and *answer is what it said (255: nothing). Free
 * with wh_single_instance_free(). */
WhSingleInstance *wh_single_instance_new(const char *id, const char *request, const char *again,
                                         const WhSingleInstanceFuncs *funcs, gpointer data,
                                         int *answer);

/* After this the program has nothing left to keep. */
void wh_single_instance_free(WhSingleInstance *instance);

/* Ends the program where it runs and this user may end it: in this session, and with the rights of
 * the system in all. Waits up to ten seconds. TRUE: none runs any more, and none did; FALSE with
 * G_IO_ERROR_TIMED_OUT: it still does. */
gboolean wh_single_instance_quit(const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhSingleInstance, wh_single_instance_free)

G_END_DECLS
