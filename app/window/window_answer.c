#include "app/window/window_answer.h"

#include "app/client/requests.h"

struct WhWindowAnswer {
    GWeakRef window;
};

WhWindowAnswer *wh_window_answer_new(WhWindow *window)
{
    WhWindowAnswer *answer = g_new0(WhWindowAnswer, 1);
    g_weak_ref_init(&answer->window, window);
    return answer;
}

/* NULL: it is gone or going. */
static WhWindow *use_up(WhWindowAnswer *answer)
{
    g_autoptr(WhWindow) window = g_weak_ref_get(&answer->window);
    g_weak_ref_clear(&answer->window);
    g_free(answer);
    if (window == NULL || gtk_widget_in_destruction(GTK_WIDGET(window)))
        return NULL;
    return g_steal_pointer(&window);
}

gboolean wh_window_answer_take(WhWindowAnswer *answer, GObject *link, GAsyncResult *result,
                               WhWindow **window)
{
    g_autoptr(WhWindow) there = use_up(answer);
    g_autoptr(GError) error = NULL;
    gboolean fine = wh_requests_finish(WH_LINK(link), result, &error);
    if (there != NULL)
        wh_window_tell(there, fine ? NULL : error->message);
    if (window != NULL)
        *window = g_steal_pointer(&there);
    return fine;
}

void wh_window_answer_tell(GObject *link, GAsyncResult *result, gpointer data)
{
    wh_window_answer_take(data, link, result, NULL);
}
