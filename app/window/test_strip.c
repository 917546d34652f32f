#include "app/window/test_strip.h"

#include "app/window/reveal.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

struct _WhTestStrip {
    GtkBox parent_instance;
    GtkWidget *answer;
    GtkImage *mark;
    GtkLabel *words;
};

G_DEFINE_TYPE(WhTestStrip, wh_test_strip, GTK_TYPE_BOX)

static void wh_test_strip_class_init(WhTestStripClass *klass)
{
    g_signal_new("clicked", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 0);
}

static void clicked(WhTestStrip *self)
{
    g_signal_emit_by_name(self, "clicked");
}

static void add_answer(WhTestStrip *self)
{
    self->answer = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    self->mark = GTK_IMAGE(gtk_image_new());
    self->words = GTK_LABEL(wh_words_new(NULL, NULL));
    gtk_widget_set_valign(GTK_WIDGET(self->mark), GTK_ALIGN_START);
    gtk_label_set_selectable(self->words, TRUE);
    atk_object_set_role(gtk_widget_get_accessible(GTK_WIDGET(self->words)), ATK_ROLE_NOTIFICATION);
    gtk_container_add(GTK_CONTAINER(self->answer), GTK_WIDGET(self->mark));
    gtk_container_add(GTK_CONTAINER(self->answer), GTK_WIDGET(self->words));
    gtk_container_add(GTK_CONTAINER(self), self->answer);
}

static void wh_test_strip_init(WhTestStrip *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 6);
    GtkWidget *button = gtk_button_new_with_mnemonic(_("_Test"));
    gtk_widget_set_halign(button, GTK_ALIGN_START);
    g_signal_connect_object(button, "clicked", G_CALLBACK(clicked), self, G_CONNECT_SWAPPED);
    GtkWidget *before = wh_words_new(_("Test sends one real update: the name then points at this "
                                       "computer's present address."),
                                     "dim-label");
    gtk_container_add(GTK_CONTAINER(self), button);
    gtk_container_add(GTK_CONTAINER(self), before);
    add_answer(self);
    gtk_widget_show_all(GTK_WIDGET(self));
    gtk_widget_hide(self->answer);
}

GtkWidget *wh_test_strip_new(void)
{
    return g_object_new(WH_TYPE_TEST_STRIP, NULL);
}

void wh_test_strip_answer(WhTestStrip *strip, gboolean good, const char *words)
{
    gtk_widget_set_visible(strip->answer, words != NULL);
    if (words == NULL)
        return;
    wh_status_mark_set(strip->mark, good ? WH_STATUS_OK : WH_STATUS_ATTENTION);
    gtk_label_set_text(strip->words, words);
}

void wh_test_strip_focus_answer(WhTestStrip *strip)
{
    gtk_widget_grab_focus(GTK_WIDGET(strip->words));
    gtk_label_select_region(strip->words, 0, 0);
    wh_reveal(GTK_WIDGET(strip));
}
