/* Where things live on this system. Every function returns text that the caller frees with
 * g_free(). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
    WH_PATHS_SYSTEM, /* the service of the whole computer */
    WH_PATHS_USER,   /* `wayhomed --user`, for one person */
} WhPathsScope;

/* What the service keeps. System: $STATE_DIRECTORY of the service manager, else /var/lib/wayhome.
 * User: $XDG_STATE_HOME/wayhome, else ~/.local/state/wayhome. Windows: %ProgramData%\Wayhome\state
 * and %LOCALAPPDATA%\Wayhome\state, as the system knows them (SHGetKnownFolderPath). Not created
 * here. */
char *wh_paths_state_folder(WhPathsScope scope);

/* Makes the folder at `path` for what the service keeps, with those above it, unless it is there.
 * Linux: mode 0700. Windows: for administrators and whom the service runs as, and a folder that is
 * there must be so that nobody else can have prepared or can change it. FALSE with
 * G_IO_ERROR_PERMISSION_DENIED: it must not be used, in a sentence with what to do; with another
 * code of G_IO_ERROR: it cannot be made. */
gboolean wh_paths_make_state_folder(WhPathsScope scope, const char *path, GError **error);

/* Files of the administrator or the user. System: /etc/wayhome. User: $XDG_CONFIG_HOME/wayhome,
 * else ~/.config/wayhome. Windows: %ProgramData%\Wayhome\config and %APPDATA%\Wayhome. */
char *wh_paths_config_folder(WhPathsScope scope);

/* The address of the control socket. Windows: \\.\pipe\wayhome and \\.\pipe\wayhome-SID. System:
 * /run/wayhome/control. User: $XDG_RUNTIME_DIR/wayhome/control; NULL where there is no runtime
 * folder for this user. */
char *wh_paths_control_address(WhPathsScope scope);

/* A folder of CA certificates named by their hash, for OpenSSL; NULL where the TLS library knows
 * its own. */
char *wh_paths_ca_folder(void);

/* The folder of translations, as bindtextdomain() wants it. `installed`: where the build says that
 * it is. Windows, where a product may be installed anywhere: beside the folder of the program. */
char *wh_paths_locale_folder(const char *installed);

/* Another program of ours; `installed` and Windows as above: in the folder of this program. */
char *wh_paths_program(const char *installed);

/* "Linux", "Windows": for the User-Agent. */
const char *wh_paths_system_name(void);

G_END_DECLS
