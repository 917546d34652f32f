#include "app/window/confirm.h"

#include <glib/gi18n.h>

typedef struct {
    WhConfirmed confirmed;
    gpointer data;
    GDestroyNotify destroy;
} Question;

static void response(GtkDialog *dialog, gint id, gpointer data)
{
    Question *question = data;
    if (id == GTK_RESPONSE_ACCEPT)
        question->confirmed(question->data);
    gtk_widget_destroy(GTK_WIDGET(dialog));
}

static void forget(gpointer data, GClosure *closure)
{
    Question *question = data;
    if (question->destroy != NULL)
        question->destroy(question->data);
    g_free(question);
}

GtkWidget *wh_confirm(GtkWindow *parent, const char *question, const char *explanation,
                      const char *verb, gboolean destructive, WhConfirmed confirmed, gpointer data,
                      GDestroyNotify destroy)
{
    GtkWidget *dialog =
        gtk_message_dialog_new(parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                               GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s", question);
    gtk_message_dialog_format_secondary_text(GTK_MESSAGE_DIALOG(dialog), "%s", explanation);
    gtk_dialog_add_button(GTK_DIALOG(dialog), _("_Cancel"), GTK_RESPONSE_CANCEL);
    GtkWidget *button = gtk_dialog_add_button(GTK_DIALOG(dialog), verb, GTK_RESPONSE_ACCEPT);
    if (destructive)
        gtk_style_context_add_class(gtk_widget_get_style_context(button),
                                    GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
    gtk_dialog_set_default_response(GTK_DIALOG(dialog), GTK_RESPONSE_CANCEL);
    Question *kept = g_new0(Question, 1);
    *kept = (Question){.confirmed = confirmed, .data = data, .destroy = destroy};
    g_signal_connect_data(dialog, "response", G_CALLBACK(response), kept, forget, 0);
    gtk_window_present(GTK_WINDOW(dialog));
    return dialog;
}
