#include "app/window/column.h"

#define LETTERS 100

struct _WhColumn {
    GtkBin parent_instance;
};

G_DEFINE_TYPE(WhColumn, wh_column, GTK_TYPE_BIN)

static GtkWidget *visible_child(GtkWidget *widget)
{
    GtkWidget *child = gtk_bin_get_child(GTK_BIN(widget));
    return child != NULL && gtk_widget_get_visible(child) ? child : NULL;
}

static int widest(GtkWidget *widget)
{
    PangoContext *context = gtk_widget_get_pango_context(widget);
    PangoFontMetrics *metrics = pango_context_get_metrics(context, NULL, NULL);
    int letter = pango_font_metrics_get_approximate_char_width(metrics);
    pango_font_metrics_unref(metrics);
    return PANGO_PIXELS(letter * LETTERS);
}

static int child_width(GtkWidget *widget, GtkWidget *child, int width)
{
    int minimum;
    gtk_widget_get_preferred_width(child, &minimum, NULL);
    return MIN(width, MAX(minimum, widest(widget)));
}

static GtkSizeRequestMode request_mode(GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void preferred_width(GtkWidget *widget, int *minimum, int *natural)
{
    GtkWidget *child = visible_child(widget);
    *minimum = *natural = 0;
    if (child == NULL)
        return;
    gtk_widget_get_preferred_width(child, minimum, natural);
    *natural = MAX(*minimum, MIN(*natural, widest(widget)));
}

static void preferred_height_for_width(GtkWidget *widget, int width, int *minimum, int *natural)
{
    GtkWidget *child = visible_child(widget);
    *minimum = *natural = 0;
    if (child != NULL)
        gtk_widget_get_preferred_height_for_width(child, child_width(widget, child, width), minimum,
                                                  natural);
}

static void preferred_height(GtkWidget *widget, int *minimum, int *natural)
{
    int width;
    preferred_width(widget, &width, natural);
    preferred_height_for_width(widget, width, minimum, natural);
}

static void size_allocate(GtkWidget *widget, GtkAllocation *allocation)
{
    gtk_widget_set_allocation(widget, allocation);
    GtkWidget *child = visible_child(widget);
    if (child == NULL)
        return;
    GtkAllocation inner = *allocation;
    inner.width = child_width(widget, child, allocation->width);
    inner.x += (allocation->width - inner.width) / 2;
    gtk_widget_size_allocate(child, &inner);
}

static void wh_column_class_init(WhColumnClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    widget_class->get_request_mode = request_mode;
    widget_class->get_preferred_width = preferred_width;
    widget_class->get_preferred_height = preferred_height;
    widget_class->get_preferred_height_for_width = preferred_height_for_width;
    widget_class->size_allocate = size_allocate;
    gtk_widget_class_set_css_name(widget_class, "column");
}

static void wh_column_init(WhColumn *self)
{
    gtk_widget_set_has_window(GTK_WIDGET(self), FALSE);
}
