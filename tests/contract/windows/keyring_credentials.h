/* The Credential Manager of the tests: the real one, whose calls can be made to fail. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* enumerating, writing: what the calls fail with; 0: they do not. after: so many writings are done
 * before. slow: writings wait as long as it is set; waiting: how many do. */
typedef struct {
    DWORD enumerating;
    DWORD writing;
    guint after;
    gint slow;
    gint waiting;
} WhTestCredentials;

WhTestCredentials *wh_test_credentials(void);

/* How many there are that begin like this; afterwards none, if that is asked for. */
guint wh_test_credentials_count(const char *prefix, gboolean removed);

/* Removes those of the tests, and no call fails any more. The person's own stay. */
void wh_test_credentials_clear(void);

/* Somebody keeps a credential; comment may be NULL. */
void wh_test_credentials_plant(const char *name, const char *comment, const char *text);

G_END_DECLS
