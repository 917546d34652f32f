#include "installer/windows/setup/folders.h"

#include "installer/windows/setup/removal.h"
#include "platform/paths.h"
#include "platform/windows/folder.h"

/* All that there are, from the outermost: those inside are only looked at when the outer one is
 * ours alone. */
enum { TOP, STATE, CONFIG, HOSTS, PROVIDERS, N_FOLDERS };

static char *path_of(int folder)
{
    g_autofree char *state = wh_paths_state_folder(WH_PATHS_SYSTEM);
    g_autofree char *config = wh_paths_config_folder(WH_PATHS_SYSTEM);

    switch (folder) {
    case TOP:
        return g_path_get_dirname(state);
    case STATE:
        return g_steal_pointer(&state);
    case CONFIG:
        return g_steal_pointer(&config);
    case HOSTS:
        return g_build_filename(config, "hosts.d", NULL);
    default:
        return g_build_filename(config, "providers", NULL);
    }
}

static void say_moved(const WhSetup *setup, const char *path, const char *aside)
{
    g_autofree char *sentence =
        g_strdup_printf("Somebody other than Wayhome made %s. It has been moved to %s and is not "
                        "used: look into it, then delete it.",
                        path, aside);

    setup->say(sentence, FALSE, setup->data);
}

static gboolean make(const WhSetup *setup, int folder, GError **error)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *service = wh_access_service_sid(WH_ACCESS_SERVICE);
    g_autofree char *path = path_of(folder);
    g_autofree char *aside = NULL;
    HANDLE handle;

    if (folder == STATE)
        wh_trust_add(trust, service);
    handle =
        wh_folder_secure(path, folder == STATE ? WH_ACCESS_SERVICE_FOLDER : WH_ACCESS_ADMIN_FOLDER,
                         trust, &aside, error);
    if (aside != NULL)
        say_moved(setup, path, aside);
    if (handle == NULL)
        return FALSE;
    CloseHandle(handle);
    return TRUE;
}

gboolean wh_folders_make(const WhSetup *setup, GError **error)
{
    for (int folder = TOP; folder < N_FOLDERS; folder++)
        if (!make(setup, folder, error))
            return FALSE;
    return TRUE;
}

/* Opens the outermost folder, which then can be neither renamed nor replaced. NULL without an
 * error: there is none. One that is not ours alone is left as it is: somebody made it when ours was
 * gone, and it may lead anywhere. */
static HANDLE open_top(const char *path, GError **error)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autoptr(GError) reason = NULL;
    HANDLE top = wh_folder_open(path, trust, WH_ACCESS_NOBODY_WRITES, &reason);

    if (top != NULL || g_error_matches(reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return top;
    if (g_error_matches(reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                    "%s is not the folder that Wayhome made, and is left as it is: look into it, "
                    "then delete it",
                    path);
    else
        g_propagate_error(error, g_steal_pointer(&reason));
    return NULL;
}

typedef gboolean (*InsideFunc)(HANDLE top, const char *path, GError **error);

/* Runs `inside` while the outermost folder is held, and removes that when nothing is in it. */
static gboolean with_top(InsideFunc inside, GError **error)
{
    g_autofree char *path = path_of(TOP);
    g_autoptr(GError) reason = NULL;
    HANDLE top = open_top(path, &reason);
    gboolean done = reason == NULL;

    if (top != NULL) {
        done = inside(top, path, &reason);
        CloseHandle(top);
        wh_removal_of_empty(path);
    }
    if (reason != NULL)
        g_propagate_error(error, g_steal_pointer(&reason));
    return done;
}

static gboolean remove_empty_inside(HANDLE top, const char *path, GError **error)
{
    for (int folder = N_FOLDERS - 1; folder > TOP; folder--) {
        g_autofree char *inside = path_of(folder);

        wh_removal_of_empty(inside);
    }
    return TRUE;
}

gboolean wh_folders_remove_empty(const WhSetup *setup, GError **error)
{
    return with_top(remove_empty_inside, error);
}

gboolean wh_folders_purge(const WhSetup *setup, GError **error)
{
    return with_top(wh_removal_of_contents, error);
}
