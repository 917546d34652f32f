/* Where things live on this system. Every function returns text that the caller frees with
 * g_free(). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_PATHS_SYSTEM, /* the service of the whole computer */
    WH_PATHS_USER,   /* `wayhomed --user`, for one person */
} WhPathsScope;

/* What the service keeps. System: $STATE_DIRECTORY of the service manager, else /var/lib/wayhome.
 * User: $XDG_STATE_HOME/wayhome, else ~/.local/state/wayhome. Not created here. */
char *wh_paths_state_folder(WhPathsScope scope);

/* Files of the administrator or the user. System: /etc/wayhome. User: $XDG_CONFIG_HOME/wayhome,
 * else
 * ~/.config/wayhome. */
char *wh_paths_config_folder(WhPathsScope scope);

/* The address of the control socket. System: /run/wayhome/control. User:
 * $XDG_RUNTIME_DIR/wayhome/control; NULL where there is no runtime folder for this user. */
char *wh_paths_control_address(WhPathsScope scope);

/* A folder of CA certificates named by their hash, for OpenSSL; NULL where the TLS library knows
 * its own. */
char *wh_paths_ca_folder(void);

/* "Linux", "Windows": for the User-Agent. */
const char *wh_paths_system_name(void);

G_END_DECLS
