#include "platform/fake/bell.h"

typedef struct {
    GSource source;
    WhFakeBellFunc func;
    gpointer data;
} Bell;

static gboolean bell_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    Bell *bell = (Bell *)source;

    g_source_set_ready_time(source, -1);
    bell->func(bell->data);
    return G_SOURCE_CONTINUE;
}

GSource *wh_fake_bell_new(WhFakeBellFunc func, gpointer data)
{
    static GSourceFuncs funcs = {.dispatch = bell_dispatch};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    Bell *bell = (Bell *)g_source_new(&funcs, sizeof *bell);

    bell->func = func;
    bell->data = data;
    g_source_attach(&bell->source, context);
    return &bell->source;
}

void wh_fake_bell_ring(GSource *bell)
{
    g_source_set_ready_time(bell, 0);
}

void wh_fake_bell_free(GSource *bell)
{
    g_source_destroy(bell);
    g_source_unref(bell);
}
