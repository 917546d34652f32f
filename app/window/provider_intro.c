#include "app/window/provider_intro.h"

#include "app/window/links.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

static GtkWidget *new_note(const char *icon, const char *text)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *image = gtk_image_new_from_icon_name(icon, GTK_ICON_SIZE_MENU);
    GtkWidget *label = wh_words_new(text, NULL);
    gtk_widget_set_valign(image, GTK_ALIGN_START);
    gtk_container_add(GTK_CONTAINER(box), image);
    gtk_container_add(GTK_CONTAINER(box), label);
    gtk_style_context_add_class(gtk_widget_get_style_context(box), "wh-note");
    return box;
}

static void add_link(GtkWidget *box, const char *text, const char *uri)
{
    GtkWidget *link = wh_links_button(text, uri);
    if (link != NULL)
        gtk_container_add(GTK_CONTAINER(box), link);
}

static GtkWidget *new_links(WhProviderItem *provider, gboolean for_new)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    const char *signup = wh_provider_item_signup(provider);
    if (for_new)
        add_link(box, _("No account there yet? _Create one"), signup);
    g_autofree char *site = wh_links_site(wh_provider_item_home(provider));
    if (site != NULL && (!for_new || g_strcmp0(signup, wh_provider_item_home(provider)) != 0)) {
        /* Translators: %s is a web site. */
        g_autofree char *text = g_strdup_printf(_("_Visit %s"), site);
        add_link(box, text, wh_provider_item_home(provider));
    }
    return box;
}

GtkWidget *wh_provider_intro_new(WhProviderItem *provider, gboolean for_new)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    GtkWidget *name = wh_words_new(wh_provider_item_name(provider), "wh-title");
    gtk_container_add(GTK_CONTAINER(box), name);
    if (wh_provider_item_caution(provider) != NULL)
        gtk_container_add(GTK_CONTAINER(box), new_note("dialog-information-symbolic",
                                                       wh_provider_item_caution(provider)));
    if (wh_provider_item_is_untested(provider))
        gtk_container_add(
            GTK_CONTAINER(box),
            new_note("dialog-warning-symbolic",
                     _("Nobody has tried this provider with Wayhome yet. Use Test below to see "
                       "whether it works for you.")));
    gtk_container_add(GTK_CONTAINER(box), new_links(provider, for_new));
    gtk_widget_show_all(box);
    return box;
}

GtkWidget *wh_provider_intro_token_link(WhProviderItem *provider)
{
    for (guint i = 0; i < wh_provider_item_n_fields(provider); i++) {
        const WhFormField *field = wh_provider_item_field(provider, i);
        if (field->kind != WH_FORM_SECRET)
            continue;
        /* Translators: %s is what the provider calls it: "Token", "Password". */
        g_autofree char *text = g_strdup_printf(_("_Where do I find this? (%s)"), field->label);
        return wh_links_button(text, wh_provider_item_token_page(provider));
    }
    return NULL;
}
