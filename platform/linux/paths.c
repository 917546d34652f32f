#include "platform/paths.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define NAME "wayhome"

/* $variable/wayhome, else ~/fallback/wayhome. A relative path in the variable counts as none (XDG
 * Base Directory Specification). */
static char *user_folder(const char *variable, const char *fallback)
{
    const char *base = g_getenv(variable);

    if (base != NULL && g_path_is_absolute(base))
        return g_build_filename(base, NAME, NULL);
    return g_build_filename(g_get_home_dir(), fallback, NAME, NULL);
}

char *wh_paths_state_folder(WhPathsScope scope)
{
    const char *given = g_getenv("STATE_DIRECTORY");

    if (scope == WH_PATHS_USER)
        return user_folder("XDG_STATE_HOME", ".local/state");
    /* The service manager separates several folders with colons (systemd.exec(5)). */
    if (given != NULL && g_path_is_absolute(given))
        return g_strndup(given, strcspn(given, ":"));
    return g_strdup("/var/lib/" NAME);
}

gboolean wh_paths_make_state_folder(WhPathsScope scope, const char *path, GError **error)
{
    int problem;

    if (g_mkdir_with_parents(path, 0700) == 0)
        return TRUE;
    problem = errno;
    /* Whoever may not write there has prepared nothing either. */
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folder %s cannot be made: %s.", path,
                g_strerror(problem));
    return FALSE;
}

char *wh_paths_config_folder(WhPathsScope scope)
{
    if (scope == WH_PATHS_USER)
        return user_folder("XDG_CONFIG_HOME", ".config");
    return g_strdup("/etc/" NAME);
}

char *wh_paths_control_address(WhPathsScope scope)
{
    const char *runtime = g_getenv("XDG_RUNTIME_DIR");

    if (scope == WH_PATHS_SYSTEM)
        return g_strdup("/run/" NAME "/control");
    if (runtime == NULL || !g_path_is_absolute(runtime))
        return NULL;
    return g_build_filename(runtime, NAME, "control", NULL);
}

/* The names that OpenSSL looks up: eight hexadecimal digits of the subject's hash and ".0". */
static gboolean is_hash_name(const char *name)
{
    return strlen(name) == 10 && strspn(name, "0123456789abcdef") == 8 &&
           g_str_has_suffix(name, ".0");
}

static gboolean has_hashed_certificates(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        if (is_hash_name(name))
            return TRUE;
    }
    return FALSE;
}

char *wh_paths_ca_folder(void)
{
    const char *const folders[] = {"/etc/ssl/certs", "/etc/pki/tls/certs",
                                   "/etc/pki/ca-trust/extracted/pem/directory-hash"};

    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (has_hashed_certificates(folders[i]))
            return g_strdup(folders[i]);
    }
    return NULL;
}

char *wh_paths_locale_folder(const char *installed)
{
    return g_strdup(installed);
}

char *wh_paths_program(const char *installed)
{
    return g_strdup(installed);
}

const char *wh_paths_system_name(void)
{
    return "Linux";
}
