#include "app/window/subject.h"

#include <glib/gi18n.h>

typedef struct {
    WhWindow *window;
    GtkWidget *dialog;
    char *host;
    char *account;
    char *called;
} Subject;

static void subject_free(gpointer data, GClosure *closure)
{
    Subject *subject = data;
    g_free(subject->host);
    g_free(subject->account);
    g_free(subject->called);
    g_free(subject);
}

static gboolean is_there(const Subject *subject, WhModel *model)
{
    return subject->host != NULL ? wh_model_find_host(model, subject->host) != NULL
                                 : wh_model_find_account(model, subject->account) != NULL;
}

/* Out of sight, it is waiting for the answer to what it asked for, and goes by itself. */
static void changed(WhModel *model, gpointer data)
{
    const Subject *subject = data;
    GtkWidget *dialog = subject->dialog;
    if (is_there(subject, model) || !gtk_widget_get_visible(dialog))
        return;
    g_autofree char *words = g_strdup_printf(_("%s has been removed meanwhile."), subject->called);
    wh_window_tell(subject->window, words);
    gtk_widget_destroy(dialog);
}

/* Takes `subject` over, until the dialog goes, which it does with its window. */
static void follow(Subject *subject)
{
    GClosure *closure = g_cclosure_new(G_CALLBACK(changed), subject, subject_free);
    g_object_watch_closure(G_OBJECT(subject->dialog), closure);
    g_signal_connect_closure(wh_window_model(subject->window), "changed", closure, FALSE);
}

void wh_subject_follow_host(WhWindow *window, GtkWidget *dialog, WhHostItem *host)
{
    Subject *subject = g_new0(Subject, 1);
    subject->window = window;
    subject->dialog = dialog;
    subject->host = g_strdup(wh_host_item_id(host));
    subject->called = g_strdup(wh_host_item_display_name(host));
    follow(subject);
}

void wh_subject_follow_account(WhWindow *window, GtkWidget *dialog, WhAccountItem *account)
{
    Subject *subject = g_new0(Subject, 1);
    subject->window = window;
    subject->dialog = dialog;
    subject->account = g_strdup(wh_account_item_id(account));
    subject->called = g_strdup(wh_account_item_label(account));
    follow(subject);
}
