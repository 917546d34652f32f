#include "service/wiring/service_private.h"

/* In memory. What a newer version wrote is not understood, and anything else that can be read is
 * used: names are kept right also from a disk that became read-only. */
static void open_copy(WhService *service, const WhOptions *options, const GError *problem)
{
    gboolean newer = g_error_matches(problem, WH_STORE_ERROR, WH_STORE_ERROR_NEWER);
    gboolean complete = FALSE;
    g_autofree char *detail = NULL;

    service->store =
        newer ? wh_store_open_in_memory() : wh_store_open_copy(options->state, &complete);
    if (complete)
        detail = g_strdup_printf("What the service does is not remembered over its next start, and "
                                 "changes cannot be kept: %s Its names are kept right. Make %s "
                                 "writable again, then restart the service",
                                 problem->message, options->state);
    else
        detail = g_strdup_printf("Accounts and names cannot be read or kept: %s", problem->message);
    wh_notices_set(service->notices, "store_in_memory", detail);
}

gboolean wh_state_open(WhService *service, const WhOptions *options, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autofree char *notice = NULL;

    if (!wh_paths_make_state_folder(options->scope, options->state, &problem) &&
        g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    g_clear_error(&problem);
    service->store = wh_store_open(options->state, &notice, &problem);
    if (g_error_matches(problem, WH_STORE_ERROR, WH_STORE_ERROR_BUSY)) {
        g_propagate_error(error, g_steal_pointer(&problem));
        return FALSE;
    }
    wh_notices_set(service->notices, "store_set_aside", notice);
    if (service->store == NULL)
        open_copy(service, options, problem);
    return TRUE;
}
