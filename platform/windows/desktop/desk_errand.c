#include "platform/windows/desktop/desk_errand.h"

WhDeskErrand *wh_desk_errand_new(gpointer target, WhDeskErrandFunc func)
{
    WhDeskErrand *errand = g_new0(WhDeskErrand, 1);

    errand->target = target;
    errand->func = func;
    return errand;
}

void wh_desk_errand_run(gpointer data)
{
    WhDeskErrand *errand = data;

    errand->func(errand);
}

void wh_desk_errand_free(gpointer data)
{
    WhDeskErrand *errand = data;

    g_clear_pointer(&errand->hop, wh_hop_unref);
    g_clear_pointer(&errand->items, g_array_unref);
    g_free(errand->text);
    g_free(errand);
}
