#include "app/window/blank_page.h"

#include "app/window/accessible.h"
#include "platform/advice.h"

#include <glib/gi18n.h>

/* Most of the time the service answers sooner, and nothing flickers. */
#define PATIENCE_MS 500

struct _WhBlankPage {
    GtkBox parent_instance;
    WhModel *model;
    GtkImage *picture;
    GtkSpinner *spinner;
    GtkLabel *title;
    GtkLabel *words;
    GtkLabel *detail;
    GtkButton *button;
    guint patience;
};

G_DEFINE_TYPE(WhBlankPage, wh_blank_page, GTK_TYPE_BOX)

/* What a page says. action: what its button does; NULL: it has none. */
typedef struct {
    const char *icon;
    const char *title;
    const char *words;
    const char *verb;
    const char *action;
} Page;

static const Page empty_page = {
    "org.wayhome.Wayhome", N_("Be reachable by name"),
    N_("Choose a name at a provider, and Wayhome keeps it pointing at this computer, wherever your "
       "line's address moves."),
    N_("_Add Your First Name"), "win.add-host"};

/* Nobody takes care of the service of the whole computer yet. */
static const Page unowned_page = {
    "org.wayhome.Wayhome", N_("Be reachable by name"),
    N_("Choose a name at a provider, and Wayhome keeps it pointing at this computer, wherever your "
       "line's address moves.\n\n"
       "Whoever adds the first name manages Wayhome on this computer; others who sign in can "
       "look."),
    N_("_Add Your First Name"), "win.add-host"};

/* %s: somebody else, who takes care of it. */
static const char managed_words[] = N_(
    "Wayhome keeps names pointing at this computer. It is managed by %s. To add a name yourself, "
    "you are asked for an administrator's password.");
static const char managed_alone_words[] = N_(
    "Wayhome keeps names pointing at this computer. It is managed by %s, or by an administrator: "
    "ask them to add a name.");
static const Page managed_page = {"org.wayhome.Wayhome", N_("No name yet"), managed_words,
                                  N_("_Add a Name"), "win.add-host"};
static const Page managed_alone_page = {"org.wayhome.Wayhome", N_("No name yet"),
                                        managed_alone_words, NULL, NULL};

static const Page link_pages[] = {
    [WH_LINK_AWAY] = {"wayhome-offline", N_("The Wayhome service does not run"),
                      N_("It starts together with the computer, or when you sign in: restarting "
                         "the computer usually helps. If it does not, install Wayhome again."),
                      N_("_Try Again"), "win.retry"},
    [WH_LINK_UNSAFE] = {"wayhome-attention", N_("Something else answers instead of Wayhome"),
                        N_("Another program, or another person on this computer, sits where the "
                           "Wayhome service should be. Nothing was told to it. Ask the person who "
                           "looks after this computer."),
                        N_("_Try Again"), "win.retry"},
    [WH_LINK_NOT_PERMITTED] = {"wayhome-attention", N_("You may not see this computer's names"),
                               N_("The Wayhome service runs, but it shows its state only to people "
                                  "who are signed in at this computer. Sign in and open Wayhome "
                                  "again, or ask the person who manages it."),
                               N_("_Try Again"), "win.retry"},
    [WH_LINK_STRANGE] = {"wayhome-attention", N_("The service and this window do not fit together"),
                         N_("They are of different versions. Restart the computer so that both are "
                            "the new one; if that does not help, install Wayhome again."),
                         N_("_Try Again"), "win.retry"},
};

static void show_waiting(WhBlankPage *self, gboolean waiting)
{
    gtk_widget_set_visible(GTK_WIDGET(self->picture), !waiting);
    gtk_widget_set_visible(GTK_WIDGET(self->words), !waiting);
    gtk_widget_set_visible(GTK_WIDGET(self->button), !waiting);
    gtk_widget_hide(GTK_WIDGET(self->spinner));
    gtk_widget_hide(GTK_WIDGET(self->title));
    gtk_widget_hide(GTK_WIDGET(self->detail));
    g_object_set(self->spinner, "active", FALSE, NULL);
}

static gboolean lose_patience(gpointer data)
{
    WhBlankPage *self = data;
    self->patience = 0;
    gtk_label_set_text(self->title, _("Looking for the Wayhome service…"));
    gtk_widget_show(GTK_WIDGET(self->title));
    gtk_widget_show(GTK_WIDGET(self->spinner));
    g_object_set(self->spinner, "active", TRUE, NULL);
    return G_SOURCE_REMOVE;
}

/* words NULL: those of the page. */
static void show_page(WhBlankPage *self, const Page *page, const char *words, const char *detail)
{
    show_waiting(self, FALSE);
    gtk_image_set_from_icon_name(self->picture, page->icon, GTK_ICON_SIZE_DIALOG);
    gtk_label_set_text(self->title, _(page->title));
    gtk_label_set_text(self->words, words != NULL ? words : _(page->words));
    gtk_label_set_text(self->detail, detail != NULL ? detail : "");
    gtk_widget_show(GTK_WIDGET(self->title));
    gtk_widget_set_visible(GTK_WIDGET(self->detail), detail != NULL);
    gtk_widget_set_visible(GTK_WIDGET(self->button), page->verb != NULL);
    if (page->verb == NULL)
        return;
    gtk_button_set_label(self->button, _(page->verb));
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->button), page->action);
}

/* Who has it look elsewhere than usual may have mistyped. */
static char *detail_of(WhLink *link)
{
    WhLinkState state = wh_link_state(link);
    const GError *error = wh_link_error(link);
    if (state == WH_LINK_AWAY && wh_link_asked(link) != NULL)
        /* Translators: %s is a path. */
        return g_strdup_printf(_("It was looked for at %s."), wh_link_asked(link));
    if (error != NULL && (state == WH_LINK_UNSAFE || state == WH_LINK_STRANGE))
        return g_strdup(error->message);
    return NULL;
}

static void show_empty(WhBlankPage *self)
{
    const char *owner = wh_model_owner(self->model);
    if (wh_model_must_claim(self->model)) {
        show_page(self, &unowned_page, NULL, NULL);
    } else if (wh_model_caller(self->model) == WH_CALLER_OBSERVE && *owner != '\0') {
        const Page *page = wh_advice_asks_for_password() ? &managed_page : &managed_alone_page;
        g_auto(GStrv) parts = g_strsplit(_(page->words), "%s", 2);
        g_autofree char *words = g_strjoinv(owner, parts);
        show_page(self, page, words, NULL);
    } else {
        show_page(self, &empty_page, NULL, NULL);
    }
}

static void changed(WhBlankPage *self)
{
    WhLink *link = wh_model_link(self->model);
    WhLinkState state = wh_link_state(link);
    g_clear_handle_id(&self->patience, g_source_remove);
    if (state == WH_LINK_UP) {
        show_empty(self);
    } else if (state == WH_LINK_CONNECTING) {
        show_waiting(self, TRUE);
        self->patience = g_timeout_add(PATIENCE_MS, lose_patience, self);
    } else {
        g_autofree char *detail = detail_of(link);
        show_page(self, &link_pages[state], NULL, detail);
    }
}

/* Another owner is another page; that the link went is heard from the link. */
static void model_changed(WhBlankPage *self)
{
    if (wh_model_is_ready(self->model))
        changed(self);
}

static void dispose(GObject *object)
{
    WhBlankPage *self = WH_BLANK_PAGE(object);
    g_clear_handle_id(&self->patience, g_source_remove);
    g_clear_object(&self->model);
    G_OBJECT_CLASS(wh_blank_page_parent_class)->dispose(object);
}

static void wh_blank_page_class_init(WhBlankPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    G_OBJECT_CLASS(klass)->dispose = dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/wayhome/Wayhome/window/blank_page.ui");
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, picture);
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, title);
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, words);
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, detail);
    gtk_widget_class_bind_template_child(widget_class, WhBlankPage, button);
}

static void wh_blank_page_init(WhBlankPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wh_accessible_set_name(GTK_WIDGET(self->spinner), _("Please wait"));
}

void wh_blank_page_set_model(WhBlankPage *page, WhModel *model)
{
    page->model = g_object_ref(model);
    g_signal_connect_object(wh_model_link(model), "state-changed", G_CALLBACK(changed), page,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(model, "changed", G_CALLBACK(model_changed), page, G_CONNECT_SWAPPED);
    changed(page);
}
