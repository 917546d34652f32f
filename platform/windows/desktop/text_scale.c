#include "platform/windows/desktop/text_scale.h"

#include <gdk/gdkwin32.h>
#include <gtk/gtk.h>
#include <windows.h>

/* Signals, and our places at them. */
struct WhTextScale {
    guint configure;
    gulong configure_hook;
    guint focus;
    gulong focus_hook;
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

static gboolean is_on_screen(gpointer object)
{
    return GTK_IS_WINDOW(object) && gtk_widget_get_realized(object) &&
           gtk_widget_get_visible(object) &&
           gtk_window_get_window_type(object) == GTK_WINDOW_TOPLEVEL;
}

/* There is one resolution for all: windows on unlike screens would take it from each other. */
static gboolean decides(GtkWindow *window)
{
    g_autoptr(GList) all = gtk_window_list_toplevels();
    guint visible = 0;

    for (GList *each = all; each != NULL; each = each->next)
        visible += is_on_screen(each->data) ? 1 : 0;
    return visible == 1 || gtk_window_is_active(window);
}

static gboolean configured(GSignalInvocationHint *hint, guint n_values, const GValue *values,
                           gpointer data)
{
    gpointer object = g_value_get_object(values);

    if (is_on_screen(object) && decides(object))
        follow(object);
    return TRUE;
}

/* It becomes the active one. */
static gboolean focused(GSignalInvocationHint *hint, guint n_values, const GValue *values,
                        gpointer data)
{
    gpointer object = g_value_get_object(values);

    if (is_on_screen(object))
        follow(object);
    return TRUE;
}

static gulong hook(const char *signal, GSignalEmissionHook func, guint *id)
{
    *id = g_signal_lookup(signal, GTK_TYPE_WIDGET);
    return g_signal_add_emission_hook(*id, 0, func, NULL, NULL);
}

WhTextScale *wh_text_scale_new(void)
{
    WhTextScale *scale = g_new0(WhTextScale, 1);

    g_type_class_unref(g_type_class_ref(GTK_TYPE_WINDOW));
    scale->configure_hook = hook("configure-event", configured, &scale->configure);
    scale->focus_hook = hook("focus-in-event", focused, &scale->focus);
    return scale;
}

void wh_text_scale_free(WhTextScale *scale)
{
    if (scale == NULL)
        return;
    g_signal_remove_emission_hook(scale->configure, scale->configure_hook);
    g_signal_remove_emission_hook(scale->focus, scale->focus_hook);
    g_free(scale);
}
