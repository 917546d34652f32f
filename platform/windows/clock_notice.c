#include "platform/windows/clock_notice.h"

/* The system hands no data to its calls. */
typedef struct {
    GMutex lock;
    GPtrArray *hops;
} Process;

static Process *process(void)
{
    static gsize the_process;

    if (g_once_init_enter(&the_process)) {
        Process *made = g_new0(Process, 1);

        g_mutex_init(&made->lock);
        made->hops = g_ptr_array_new();
        g_once_init_leave(&the_process, (gsize)made);
    }
    return (Process *)the_process;
}

void wh_clock_notice_add(WhHop *hop)
{
    g_mutex_lock(&process()->lock);
    g_ptr_array_add(process()->hops, hop);
    g_mutex_unlock(&process()->lock);
}

void wh_clock_notice_remove(WhHop *hop)
{
    g_mutex_lock(&process()->lock);
    g_ptr_array_remove(process()->hops, hop);
    g_mutex_unlock(&process()->lock);
}

void wh_clock_notice_tell(void)
{
    GPtrArray *hops = process()->hops;

    g_mutex_lock(&process()->lock);
    for (guint i = 0; i < hops->len; i++)
        wh_hop_ring(g_ptr_array_index(hops, i));
    g_mutex_unlock(&process()->lock);
}
