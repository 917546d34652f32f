#include "app/window/token_place.h"

#include "app/client/requests.h"
#include "app/window/accessible.h"
#include "app/window/column.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"
#include "platform/advice.h"

#include <glib/gi18n.h>

/* The first look; what is more is scrolled to. */
#define WIDTH 480
#define HEIGHT 400

/* row, asks: what only the service of the whole computer has. busy: a request is under way. gone:
 * the dialog was closed meanwhile. */
struct _WhTokenPlace {
    GtkDialog parent_instance;
    WhModel *model;
    GtkLabel *now;
    GtkLabel *rule;
    GtkWidget *row;
    GtkSwitch *unattended;
    GtkLabel *why;
    GtkLabel *on;
    GtkLabel *off;
    GtkWidget *trouble;
    GtkLabel *error;
    gboolean busy;
    gboolean gone;
};

G_DEFINE_TYPE(WhTokenPlace, wh_token_place, GTK_TYPE_DIALOG)

static gboolean is_owner(WhModel *model)
{
    return wh_model_caller(model) == WH_CALLER_OWNER || *wh_model_owner(model) == '\0';
}

char *wh_token_place_meaning(WhModel *model, gboolean kept)
{
    if (kept)
        return g_strdup(_("Names stay right from the start of the computer on, before anybody "
                          "signs in."));
    if (is_owner(model))
        return g_strdup(_("No copy is kept. After each start of the computer names wait until you "
                          "sign in; what your keyring does not have has to be given again."));
    return g_strdup_printf(_("No copy is kept. After each start of the computer names wait until "
                             "%s signs in, whose keyring has the tokens."),
                           wh_model_owner(model));
}

static char *rule_of(WhModel *model)
{
    if (wh_model_unattended(model) == WH_UNATTENDED_NONE)
        return g_strdup(_("This Wayhome is your own: it works while you are signed in."));
    if (is_owner(model))
        return g_strdup(_("Tokens are kept in the operating system's keyring. With “Keep this "
                          "computer reachable when nobody is signed in” on, the service also keeps "
                          "a copy that only this computer can open, because your keyring is locked "
                          "until you sign in."));
    return g_strdup_printf(_("Tokens are kept in the keyring of %s. With “Keep this computer "
                             "reachable when nobody is signed in” on, the service also keeps a "
                             "copy that only this computer can open, because that keyring is "
                             "locked until %s signs in."),
                           wh_model_owner(model), wh_model_owner(model));
}

/* Why the switch cannot be used, or what using it takes; NULL: nothing. */
static const char *why_of(WhModel *model)
{
    if (!wh_model_is_ready(model))
        return _("The Wayhome service does not answer now.");
    if (wh_model_must_claim(model))
        return _("Nobody manages Wayhome on this computer yet. Add the first name, then this can "
                 "be changed.");
    if (wh_model_caller(model) != WH_CALLER_OBSERVE)
        return NULL;
    return wh_advice_asks_for_password()
               ? _("You are asked for an administrator's password.")
               : _("Only the one who manages Wayhome, or an administrator, can change this.");
}

static void set_words(GtkLabel *label, const char *words)
{
    gtk_label_set_text(label, words != NULL ? words : "");
    gtk_widget_set_visible(GTK_WIDGET(label), words != NULL);
}

static void set_meaning(WhTokenPlace *self, GtkLabel *label, gboolean kept)
{
    g_autofree char *meaning = wh_token_place_meaning(self->model, kept);
    g_autofree char *words = g_strdup_printf(kept ? _("On: %s") : _("Off: %s"), meaning);
    set_words(label, words);
}

static void show_switch(WhTokenPlace *self)
{
    gboolean usable = wh_model_is_ready(self->model) && !wh_model_must_claim(self->model) &&
                      wh_model_may_change(self->model);
    gtk_widget_set_sensitive(GTK_WIDGET(self->unattended), usable && !self->busy);
    if (self->busy)
        return;
    gboolean on = wh_model_unattended(self->model) == WH_UNATTENDED_ON;
    gtk_switch_set_active(self->unattended, on);
    gtk_switch_set_state(self->unattended, on);
}

static void changed(WhTokenPlace *self)
{
    gboolean has_switch = wh_model_unattended(self->model) != WH_UNATTENDED_NONE;
    g_autofree char *place = wh_model_secret_place(self->model);
    g_autofree char *now = place != NULL ? g_strdup_printf(_("Now: %s"), place) : NULL;
    g_autofree char *rule = rule_of(self->model);
    set_words(self->now, now);
    set_words(self->rule, rule);
    gtk_widget_set_visible(self->row, has_switch);
    set_words(self->why, has_switch ? why_of(self->model) : NULL);
    set_meaning(self, self->on, TRUE);
    set_meaning(self, self->off, FALSE);
    gtk_widget_set_visible(GTK_WIDGET(self->on), has_switch);
    gtk_widget_set_visible(GTK_WIDGET(self->off), has_switch);
    show_switch(self);
}

static void say_error(WhTokenPlace *self, const char *error)
{
    gtk_label_set_text(self->error, error != NULL ? error : "");
    gtk_widget_set_visible(self->trouble, error != NULL);
}

static void was_changed(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhTokenPlace) self = data;
    g_autoptr(GError) error = NULL;
    wh_requests_finish(WH_LINK(link), result, &error);
    self->busy = FALSE;
    if (self->gone)
        return;
    say_error(self, error != NULL ? error->message : NULL);
    show_switch(self);
    gtk_widget_grab_focus(GTK_WIDGET(self->unattended));
}

/* The state follows the service's, not the click. */
static gboolean state_wanted(WhTokenPlace *self, gboolean wanted)
{
    gboolean is_on = wh_model_unattended(self->model) == WH_UNATTENDED_ON;
    if (self->busy || wanted == is_on)
        return self->busy;
    self->busy = TRUE;
    say_error(self, NULL);
    wh_requests_keep_unattended(wh_model_link(self->model), wanted, was_changed,
                                g_object_ref(self));
    show_switch(self);
    return TRUE;
}

static void destroy(GtkWidget *widget)
{
    WH_TOKEN_PLACE(widget)->gone = TRUE;
    GTK_WIDGET_CLASS(wh_token_place_parent_class)->destroy(widget);
}

static void finalize(GObject *object)
{
    g_clear_object(&WH_TOKEN_PLACE(object)->model);
    G_OBJECT_CLASS(wh_token_place_parent_class)->finalize(object);
}

static void wh_token_place_class_init(WhTokenPlaceClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    GTK_WIDGET_CLASS(klass)->destroy = destroy;
}

static GtkWidget *new_row(WhTokenPlace *self)
{
    const char *words = _("Keep this computer reachable when nobody is signed in");
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *label = wh_words_new(words, "wh-row-title");
    self->unattended = GTK_SWITCH(gtk_switch_new());
    wh_accessible_set_name(GTK_WIDGET(self->unattended), words);
    gtk_widget_set_valign(GTK_WIDGET(self->unattended), GTK_ALIGN_CENTER);
    gtk_box_pack_start(GTK_BOX(row), label, TRUE, TRUE, 0);
    gtk_box_pack_end(GTK_BOX(row), GTK_WIDGET(self->unattended), FALSE, FALSE, 0);
    g_signal_connect_object(self->unattended, "state-set", G_CALLBACK(state_wanted), self,
                            G_CONNECT_SWAPPED);
    gtk_widget_show_all(row);
    return row;
}

static void add_error(WhTokenPlace *self, GtkContainer *content)
{
    self->trouble = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    self->error = GTK_LABEL(wh_words_new(NULL, NULL));
    GtkWidget *mark = gtk_image_new();
    wh_status_mark_set(GTK_IMAGE(mark), WH_STATUS_ATTENTION);
    gtk_widget_set_valign(mark, GTK_ALIGN_START);
    atk_object_set_role(gtk_widget_get_accessible(GTK_WIDGET(self->error)), ATK_ROLE_NOTIFICATION);
    gtk_style_context_add_class(gtk_widget_get_style_context(self->trouble), "wh-error-text");
    gtk_container_add(GTK_CONTAINER(self->trouble), mark);
    gtk_container_add(GTK_CONTAINER(self->trouble), GTK_WIDGET(self->error));
    gtk_widget_show_all(self->trouble);
    gtk_widget_hide(self->trouble);
    gtk_container_add(content, self->trouble);
}

static GtkLabel *add_words(GtkContainer *content, const char *style)
{
    GtkWidget *label = wh_words_new(NULL, style);
    gtk_container_add(content, label);
    return GTK_LABEL(label);
}

static void wh_token_place_init(WhTokenPlace *self)
{
    GtkWidget *content = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    GtkWidget *column = g_object_new(WH_TYPE_COLUMN, NULL);
    gtk_container_set_border_width(GTK_CONTAINER(content), 18);
    gtk_container_add(GTK_CONTAINER(column), content);
    gtk_widget_show(content);
    gtk_widget_show(column);
    self->rule = add_words(GTK_CONTAINER(content), NULL);
    self->now = add_words(GTK_CONTAINER(content), "wh-note");
    self->row = new_row(self);
    gtk_container_add(GTK_CONTAINER(content), self->row);
    self->why = add_words(GTK_CONTAINER(content), "dim-label");
    add_error(self, GTK_CONTAINER(content));
    self->on = add_words(GTK_CONTAINER(content), NULL);
    self->off = add_words(GTK_CONTAINER(content), NULL);
    GtkWidget *area = gtk_dialog_get_content_area(GTK_DIALOG(self));
    gtk_container_set_border_width(GTK_CONTAINER(area), 0);
    GtkWidget *scroller = gtk_scrolled_window_new(NULL, NULL);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
                                   GTK_POLICY_AUTOMATIC);
    gtk_container_add(GTK_CONTAINER(scroller), column);
    gtk_widget_show(scroller);
    gtk_box_pack_start(GTK_BOX(area), scroller, TRUE, TRUE, 0);
    g_signal_connect(self, "response", G_CALLBACK(gtk_widget_destroy), NULL);
}

GtkWidget *wh_token_place_new(GtkWindow *parent, WhModel *model)
{
    WhTokenPlace *self = g_object_new(WH_TYPE_TOKEN_PLACE, "use-header-bar", TRUE, "title",
                                      _("Where Tokens Are Kept"), "transient-for", parent, "modal",
                                      TRUE, "destroy-with-parent", TRUE, "default-width", WIDTH,
                                      "default-height", HEIGHT, NULL);
    self->model = g_object_ref(model);
    g_signal_connect_object(model, "changed", G_CALLBACK(changed), self, G_CONNECT_SWAPPED);
    changed(self);
    return GTK_WIDGET(self);
}
