#include "app/window/window_check.h"

#include "app/client/requests.h"
#include "app/window/window_actions.h"
#include "app/window/window_answer.h"

#define CHECK "wh-check"
#define LONGEST_SECONDS 10

/* The window has it in CHECK while it waits for it. */
typedef struct {
    GWeakRef window;
    WhWindowAnswer *answer;
    guint deadline;
} Check;

/* The window, unless it is going or waits for another check by now. */
static WhWindow *waiting_window(Check *check)
{
    g_autoptr(WhWindow) window = g_weak_ref_get(&check->window);
    if (window == NULL || gtk_widget_in_destruction(GTK_WIDGET(window)) ||
        g_object_get_data(G_OBJECT(window), CHECK) != check)
        return NULL;
    return g_steal_pointer(&window);
}

/* The button has the focus only while it can be used: that is seen before, and restored after. */
static void set_check(WhWindow *window, Check *check)
{
    g_object_set_data(G_OBJECT(window), CHECK, check);
    if (check != NULL)
        wh_window_set_checking(window, TRUE);
    wh_window_actions_update(window);
    if (check == NULL)
        wh_window_set_checking(window, FALSE);
}

static void stop_waiting(Check *check)
{
    g_autoptr(WhWindow) window = waiting_window(check);
    if (window != NULL)
        set_check(window, NULL);
}

static gboolean too_late(gpointer data)
{
    Check *check = data;
    check->deadline = 0;
    stop_waiting(check);
    return G_SOURCE_REMOVE;
}

static void checked(GObject *link, GAsyncResult *result, gpointer data)
{
    Check *check = data;
    stop_waiting(check);
    wh_window_answer_take(check->answer, link, result, NULL);
    g_clear_handle_id(&check->deadline, g_source_remove);
    g_weak_ref_clear(&check->window);
    g_free(check);
}

void wh_window_check_begin(WhWindow *window)
{
    WhModel *model = wh_window_model(window);
    if (wh_window_check_is_under_way(window))
        return;
    Check *check = g_new0(Check, 1);
    g_weak_ref_init(&check->window, window);
    check->answer = wh_window_answer_new(window);
    if (wh_model_caller(model) != WH_CALLER_OBSERVE)
        check->deadline = g_timeout_add_seconds(LONGEST_SECONDS, too_late, check);
    wh_model_refresh(model);
    set_check(window, check);
    wh_requests_diagnose(wh_model_link(model), checked, check);
}

gboolean wh_window_check_is_under_way(WhWindow *window)
{
    return g_object_get_data(G_OBJECT(window), CHECK) != NULL;
}
