/* Hears of changes below a key of the person's registry. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhRegistryWatch WhRegistryWatch;
typedef void (*WhRegistryWatchFunc)(gpointer data);

/* path: below HKEY_CURRENT_USER, and made when it is missing. `changed` comes in the main context
 * of the calling thread, and says "look again". NULL: it cannot be watched. Free with
 * wh_registry_watch_free(). */
WhRegistryWatch *wh_registry_watch_new(const wchar_t *path, WhRegistryWatchFunc changed,
                                       gpointer data);
void wh_registry_watch_free(WhRegistryWatch *watch);

G_END_DECLS
