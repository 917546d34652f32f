#include "app/window/form.h"

#include "app/window/accessible.h"
#include "app/window/column.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

/* The first look; the person may drag it larger. */
#define WIDTH 480
#define MOST_HEIGHT 560

/* button: beside the title, or NULL. closed: by the person, while a request was under way. */
typedef struct {
    WhModel *model;
    GtkBox *content;
    GtkScrolledWindow *scroller;
    GtkWidget *trouble;
    GtkLabel *error;
    GtkSpinner *spinner;
    GtkWidget *submit;
    GtkWidget *button;
    GtkWidget *focus;
    gboolean can_submit;
    gboolean busy;
    gboolean closed;
    gboolean gone;
} WhFormPrivate;

G_DEFINE_TYPE_WITH_PRIVATE(WhForm, wh_form, GTK_TYPE_DIALOG)

static WhFormPrivate *private_of(WhForm *form)
{
    return wh_form_get_instance_private(form);
}

static void update(WhForm *self)
{
    WhFormPrivate *private = private_of(self);
    gtk_widget_set_sensitive(GTK_WIDGET(private->content), !private->busy);
    gtk_widget_set_sensitive(private->submit, private->can_submit && !private->busy);
    if (private->button != NULL)
        gtk_widget_set_sensitive(private->button, !private->busy);
    gtk_widget_set_visible(GTK_WIDGET(private->spinner), private->busy);
    g_object_set(private->spinner, "active", private->busy, NULL);
}

static void response(GtkDialog *dialog, gint id)
{
    WhForm *self = WH_FORM(dialog);
    WhFormPrivate *private = private_of(self);
    if (id != GTK_RESPONSE_ACCEPT && private->busy) {
        private->closed = TRUE;
        gtk_widget_hide(GTK_WIDGET(dialog));
    } else if (id != GTK_RESPONSE_ACCEPT) {
        gtk_widget_destroy(GTK_WIDGET(dialog));
    } else if (private->can_submit && !private->busy) {
        wh_form_set_error(self, NULL);
        WH_FORM_GET_CLASS(self)->submit(self);
    }
}

/* Escape and the window's own button: response() has been asked. */
static gboolean delete_event(GtkWidget *widget, GdkEventAny *event)
{
    return private_of(WH_FORM(widget))->closed;
}

static void destroy(GtkWidget *widget)
{
    WhFormPrivate *private = private_of(WH_FORM(widget));
    private->gone = TRUE;
    g_clear_weak_pointer(&private->focus);
    GTK_WIDGET_CLASS(wh_form_parent_class)->destroy(widget);
}

static void finalize(GObject *object)
{
    g_clear_object(&private_of(WH_FORM(object))->model);
    G_OBJECT_CLASS(wh_form_parent_class)->finalize(object);
}

static void wh_form_class_init(WhFormClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    GTK_WIDGET_CLASS(klass)->destroy = destroy;
    GTK_WIDGET_CLASS(klass)->delete_event = delete_event;
    GTK_DIALOG_CLASS(klass)->response = response;
    /* Without a copy of the secret. */
    GType borrowed = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;
    GType table = G_TYPE_HASH_TABLE | G_SIGNAL_TYPE_STATIC_SCOPE;
    g_signal_new("secret-given", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 5, borrowed, borrowed, table, borrowed, borrowed);
}

static void add_error(WhFormPrivate *private, GtkBox *area)
{
    private->trouble = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    private->error = GTK_LABEL(wh_words_new(NULL, NULL));
    GtkWidget *mark = gtk_image_new();
    wh_status_mark_set(GTK_IMAGE(mark), WH_STATUS_ATTENTION);
    gtk_widget_set_valign(mark, GTK_ALIGN_START);
    gtk_label_set_selectable(private->error, TRUE);
    atk_object_set_role(gtk_widget_get_accessible(GTK_WIDGET(private->error)),
                        ATK_ROLE_NOTIFICATION);
    gtk_container_add(GTK_CONTAINER(private->trouble), mark);
    gtk_container_add(GTK_CONTAINER(private->trouble), GTK_WIDGET(private->error));
    gtk_widget_show_all(private->trouble);
    gtk_widget_hide(private->trouble);
    gtk_container_set_border_width(GTK_CONTAINER(private->trouble), 12);
    gtk_style_context_add_class(gtk_widget_get_style_context(private->trouble), "wh-error-text");
    gtk_box_pack_end(area, private->trouble, FALSE, FALSE, 0);
}

static void wh_form_init(WhForm *self)
{
    WhFormPrivate *private = private_of(self);
    GtkBox *area = GTK_BOX(gtk_dialog_get_content_area(GTK_DIALOG(self)));
    gtk_container_set_border_width(GTK_CONTAINER(area), 0);
    private->can_submit = TRUE;
    private->content = GTK_BOX(gtk_box_new(GTK_ORIENTATION_VERTICAL, 18));
    gtk_container_set_border_width(GTK_CONTAINER(private->content), 18);
    GtkWidget *column = g_object_new(WH_TYPE_COLUMN, NULL);
    gtk_container_add(GTK_CONTAINER(column), GTK_WIDGET(private->content));
    private->scroller = GTK_SCROLLED_WINDOW(gtk_scrolled_window_new(NULL, NULL));
    gtk_scrolled_window_set_policy(private->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_propagate_natural_height(private->scroller, TRUE);
    gtk_scrolled_window_set_max_content_height(private->scroller, MOST_HEIGHT);
    gtk_container_add(GTK_CONTAINER(private->scroller), column);
    gtk_widget_show_all(GTK_WIDGET(private->scroller));
    gtk_box_pack_start(area, GTK_WIDGET(private->scroller), TRUE, TRUE, 0);
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(private->content),
                                        gtk_scrolled_window_get_vadjustment(private->scroller));
    add_error(private, area);
}

void wh_form_set_up(WhForm *form, GtkWindow *parent, WhModel *model, const char *title,
                    const char *verb)
{
    WhFormPrivate *private = private_of(form);
    private->model = g_object_ref(model);
    gtk_window_set_title(GTK_WINDOW(form), title);
    gtk_window_set_transient_for(GTK_WINDOW(form), parent);
    gtk_window_set_default_size(GTK_WINDOW(form), WIDTH, -1);
    gtk_window_set_modal(GTK_WINDOW(form), TRUE);
    gtk_window_set_destroy_with_parent(GTK_WINDOW(form), TRUE);
    gtk_dialog_add_button(GTK_DIALOG(form), _("_Cancel"), GTK_RESPONSE_CANCEL);
    private->submit = gtk_dialog_add_button(GTK_DIALOG(form), verb, GTK_RESPONSE_ACCEPT);
    gtk_style_context_add_class(gtk_widget_get_style_context(private->submit),
                                GTK_STYLE_CLASS_SUGGESTED_ACTION);
    gtk_dialog_set_default_response(GTK_DIALOG(form), GTK_RESPONSE_ACCEPT);
    private->spinner = GTK_SPINNER(gtk_spinner_new());
    wh_accessible_set_name(GTK_WIDGET(private->spinner), _("Waiting for the service"));
    gtk_header_bar_pack_end(GTK_HEADER_BAR(gtk_dialog_get_header_bar(GTK_DIALOG(form))),
                            GTK_WIDGET(private->spinner));
    update(form);
}

GtkBox *wh_form_content(WhForm *form)
{
    return private_of(form)->content;
}

WhModel *wh_form_model(WhForm *form)
{
    return private_of(form)->model;
}

WhLink *wh_form_link(WhForm *form)
{
    return wh_model_link(private_of(form)->model);
}

void wh_form_add_button(WhForm *form, GtkWidget *button)
{
    private_of(form)->button = button;
    gtk_header_bar_pack_start(GTK_HEADER_BAR(gtk_dialog_get_header_bar(GTK_DIALOG(form))), button);
}

void wh_form_set_can_submit(WhForm *form, gboolean can)
{
    private_of(form)->can_submit = can;
    update(form);
}

WhForm *wh_form_begin(WhForm *form)
{
    WhFormPrivate *private = private_of(form);
    g_set_weak_pointer(&private->focus, gtk_window_get_focus(GTK_WINDOW(form)));
    private->busy = TRUE;
    update(form);
    return g_object_ref(form);
}

gboolean wh_form_end(WhForm *form)
{
    WhFormPrivate *private = private_of(form);
    private->busy = FALSE;
    if (private->closed && !private->gone)
        gtk_widget_destroy(GTK_WIDGET(form));
    if (private->gone)
        return FALSE;
    update(form);
    if (private->focus != NULL && gtk_widget_is_sensitive(private->focus))
        gtk_widget_grab_focus(private->focus);
    g_clear_weak_pointer(&private->focus);
    return TRUE;
}

gboolean wh_form_is_there(WhForm *form)
{
    return !private_of(form)->gone;
}

gboolean wh_form_is_busy(WhForm *form)
{
    return private_of(form)->busy;
}

void wh_form_set_error(WhForm *form, const char *error)
{
    WhFormPrivate *private = private_of(form);
    gtk_label_set_text(private->error, error != NULL ? error : "");
    gtk_widget_set_visible(private->trouble, error != NULL);
}

void wh_form_tell_secrets(WhForm *form, const char *account, const char *provider,
                          GHashTable *fields, GHashTable *secrets)
{
    GHashTableIter iter;
    gpointer field, secret;
    g_hash_table_iter_init(&iter, secrets);
    while (g_hash_table_iter_next(&iter, &field, &secret))
        if (*(const char *)secret != '\0')
            g_signal_emit_by_name(form, "secret-given", account, provider, fields, field, secret);
}
