#include "app/window/status_mark.h"

#include "app/window/accessible.h"

#include <glib/gi18n.h>

typedef struct {
    const char *icon;
    const char *style;
    const char *word;
} Mark;

static const Mark marks[] = {
    [WH_STATUS_OK] = {"emblem-ok-symbolic", "wh-ok", N_("All right")},
    [WH_STATUS_PAUSED] = {"media-playback-pause-symbolic", "wh-paused", N_("Paused")},
    [WH_STATUS_UPDATING] = {"emblem-synchronizing-symbolic", "wh-updating", N_("Being updated")},
    [WH_STATUS_OFFLINE] = {"network-offline-symbolic", "wh-offline", N_("Offline")},
    [WH_STATUS_ATTENTION] = {"dialog-warning-symbolic", "wh-attention", N_("Needs you")},
};

static const Mark *mark_of(WhStatus status)
{
    return &marks[(guint)status < G_N_ELEMENTS(marks) ? status : WH_STATUS_ATTENTION];
}

const char *wh_status_mark_word(WhStatus status)
{
    return _(mark_of(status)->word);
}

void wh_status_mark_set_size(GtkImage *image, guint lines)
{
    PangoContext *context = gtk_widget_get_pango_context(GTK_WIDGET(image));
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    int line = PANGO_PIXELS(pango_font_metrics_get_height(metrics));
    pango_font_metrics_unref(metrics);
    gtk_image_set_pixel_size(image, MAX(line, 16) * (int)lines);
}

void wh_status_mark_set(GtkImage *image, WhStatus status)
{
    const Mark *mark = mark_of(status);
    GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(image));
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
        gtk_style_context_remove_class(style, marks[i].style);
    gtk_style_context_add_class(style, mark->style);
    gtk_image_set_from_icon_name(image, mark->icon, GTK_ICON_SIZE_MENU);
    wh_status_mark_set_size(image, 1);
    wh_accessible_set_name(GTK_WIDGET(image), _(mark->word));
}
