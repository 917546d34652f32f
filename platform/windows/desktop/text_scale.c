#include "platform/windows/desktop/text_scale.h"

#include <gdk/gdkwin32.h>
#include <gtk/gtk.h>
#include <windows.h>

struct WhTextScale {
    guint configure; /* signal, and our place at it */
    gulong hook;
};

int wh_text_scale_resolution(guint dpi, int factor)
{
    int resolution = (int)(dpi * 1024) / MAX(factor, 1);

    return MAX(resolution, USER_DEFAULT_SCREEN_DPI * 1024);
}

static void follow(GtkWidget *window)
{
    GdkWindow *surface = gtk_widget_get_window(window);
    GtkSettings *settings = gtk_widget_get_settings(window);
    UINT dpi = GetDpiForWindow(gdk_win32_window_get_handle(surface));
    int resolution = wh_text_scale_resolution(dpi, gtk_widget_get_scale_factor(window));
    int present;

    g_object_get(settings, "gtk-xft-dpi", &present, NULL);
    if (dpi != 0 && present != resolution)
        g_object_set(settings, "gtk-xft-dpi", resolution, NULL);
}

static gboolean configured(GSignalInvocationHint *hint, guint n_values, const GValue *values,
                           gpointer data)
{
    GtkWidget *window = g_value_get_object(values);

    if (GTK_IS_WINDOW(window) && gtk_widget_get_realized(window) &&
        gtk_window_get_window_type(GTK_WINDOW(window)) == GTK_WINDOW_TOPLEVEL)
        follow(window);
    return TRUE;
}

WhTextScale *wh_text_scale_new(void)
{
    WhTextScale *scale = g_new0(WhTextScale, 1);

    g_type_class_unref(g_type_class_ref(GTK_TYPE_WINDOW));
    scale->configure = g_signal_lookup("configure-event", GTK_TYPE_WIDGET);
    scale->hook = g_signal_add_emission_hook(scale->configure, 0, configured, NULL, NULL);
    return scale;
}

void wh_text_scale_free(WhTextScale *scale)
{
    if (scale == NULL)
        return;
    g_signal_remove_emission_hook(scale->configure, scale->hook);
    g_free(scale);
}
