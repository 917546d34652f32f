#include "platform/windows/console_control.h"

#include <windows.h>

/* A little less than the system gives. */
#define LAST_MOMENT_US (4500 * 1000)

struct WhConsoleControl {
    WhConsoleControlFunc stop;
    gpointer data;
    gboolean told;
};

/* The system hands no data to its calls. */
typedef struct {
    GMutex lock;
    WhConsoleControl *current;
} Process;

static Process *process(void)
{
    static gsize the_process;

    if (g_once_init_enter(&the_process)) {
        Process *made = g_new0(Process, 1);

        g_mutex_init(&made->lock);
        g_once_init_leave(&the_process, (gsize)made);
    }
    return (Process *)the_process;
}

/* FALSE: nobody has to be told. */
static gboolean tell(void)
{
    Process *own = process();
    gboolean first;

    g_mutex_lock(&own->lock);
    first = own->current != NULL && !own->current->told;
    if (first) {
        own->current->told = TRUE;
        own->current->stop(own->current->data);
    }
    g_mutex_unlock(&own->lock);
    return first;
}

/* After the last of these events the process is ended as soon as this returns. Its good end, in
 * main(), comes before that. */
static BOOL WINAPI handle(DWORD event)
{
    gboolean told = tell();

    if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT)
        return told;
    g_usleep(LAST_MOMENT_US);
    return TRUE;
}

WhConsoleControl *wh_console_control_new(WhConsoleControlFunc stop, gpointer data)
{
    Process *own = process();
    WhConsoleControl *control = g_new0(WhConsoleControl, 1);

    control->stop = stop;
    control->data = data;
    g_mutex_lock(&own->lock);
    g_assert(own->current == NULL);
    own->current = control;
    g_mutex_unlock(&own->lock);
    SetConsoleCtrlHandler(handle, TRUE);
    return control;
}

void wh_console_control_free(WhConsoleControl *control)
{
    Process *own = process();

    if (control == NULL)
        return;
    SetConsoleCtrlHandler(handle, FALSE);
    g_mutex_lock(&own->lock);
    own->current = NULL;
    g_mutex_unlock(&own->lock);
    g_free(control);
}
