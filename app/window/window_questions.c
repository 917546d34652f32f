#include "app/window/window_questions.h"

#include "app/client/requests.h"
#include "app/window/confirm.h"
#include "app/window/subject.h"
#include "app/window/window_answer.h"

#include <glib/gi18n.h>

static WhLink *link_of(WhWindow *window)
{
    return wh_model_link(wh_window_model(window));
}

/* What a question is about. */
typedef struct {
    WhWindow *window;
    char *id;
} Subject;

static Subject *subject_new(WhWindow *window, const char *id)
{
    Subject *subject = g_new0(Subject, 1);
    subject->window = g_object_ref(window);
    subject->id = g_strdup(id);
    return subject;
}

static void subject_free(gpointer data)
{
    Subject *subject = data;
    g_object_unref(subject->window);
    g_free(subject->id);
    g_free(subject);
}

static void remove_host_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_remove_host(link_of(subject->window), subject->id, wh_window_answer_tell,
                            wh_window_answer_new(subject->window));
}

static void remove_account_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_remove_account(link_of(subject->window), subject->id, wh_window_answer_tell,
                               wh_window_answer_new(subject->window));
}

static void allow_file_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_allow_secret_file(link_of(subject->window), TRUE, wh_window_answer_tell,
                                  wh_window_answer_new(subject->window));
}

void wh_window_questions_remove_host(WhWindow *window, const char *id)
{
    WhHostItem *host = wh_model_find_host(wh_window_model(window), id);
    if (host == NULL)
        return;
    g_autofree char *question =
        g_strdup_printf(_("Stop keeping %s right?"), wh_host_item_display_name(host));
    GtkWidget *dialog = wh_confirm(
        GTK_WINDOW(window), question,
        _("Nothing is removed at the provider: the name stays yours there, and keeps the "
          "address that it has now."),
        _("_Remove"), TRUE, remove_host_now, subject_new(window, id), subject_free);
    wh_subject_follow_host(window, dialog, host);
}

void wh_window_questions_remove_account(WhWindow *window, const char *id)
{
    WhAccountItem *account = wh_model_find_account(wh_window_model(window), id);
    if (account == NULL)
        return;
    g_autofree char *question = g_strdup_printf(_("Remove the account “%s” from this computer?"),
                                                wh_account_item_label(account));
    GtkWidget *dialog = wh_confirm(
        GTK_WINDOW(window), question,
        _("Its names are not kept right any more, and its password or token is forgotten "
          "here. Nothing is removed at the provider."),
        _("_Remove"), TRUE, remove_account_now, subject_new(window, id), subject_free);
    wh_subject_follow_account(window, dialog, account);
}

void wh_window_questions_allow_file(WhWindow *window)
{
    wh_confirm(
        GTK_WINDOW(window), _("Keep passwords and tokens in a private file?"),
        _("This computer has no keyring. In a file that only your user may read they survive "
          "a restart, but whoever gets at your files or a copy of the disk can read them."),
        _("_Keep in a File"), FALSE, allow_file_now, subject_new(window, NULL), subject_free);
}
