#include "app/window/reveal.h"

static void laid_out(GdkFrameClock *clock, GtkWidget *widget)
{
    GtkWidget *view = gtk_widget_get_ancestor(widget, GTK_TYPE_VIEWPORT);
    g_signal_handlers_disconnect_by_func(clock, laid_out, widget);
    if (view == NULL)
        return;
    int y;
    GtkAdjustment *place = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
    gtk_widget_translate_coordinates(widget, gtk_bin_get_child(GTK_BIN(view)), 0, 0, NULL, &y);
    gtk_adjustment_clamp_page(place, y, y + gtk_widget_get_allocated_height(widget));
}

void wh_reveal(GtkWidget *widget)
{
    GdkFrameClock *clock = gtk_widget_get_frame_clock(widget);
    if (clock == NULL)
        return;
    g_signal_handlers_disconnect_by_func(clock, laid_out, widget);
    g_signal_connect_object(clock, "layout", G_CALLBACK(laid_out), widget, G_CONNECT_AFTER);
    gdk_frame_clock_request_phase(clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}
