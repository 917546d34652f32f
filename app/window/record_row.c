#include "app/window/record_row.h"

#include "app/window/copy_button.h"
#include "app/window/remedy.h"
#include "app/window/status_mark.h"
#include "app/window/words.h"

#include <glib/gi18n.h>

struct _WhRecordRow {
    GtkGrid parent_instance;
    WhHostItem *host;
    WhRecordItem *record;
    gboolean told_below;
    gboolean stale;
    GtkLabel *family;
    GtkLabel *address;
    WhCopyButton *copy;
    GtkImage *mark;
    GtkLabel *sentence;
    GtkLabel *proof;
    GtkWidget *step;
    GtkLabel *next_step;
    GtkButton *remedy;
};

G_DEFINE_TYPE(WhRecordRow, wh_record_row, GTK_TYPE_GRID)

static void set_style(GtkLabel *label, const char *style, gboolean wanted)
{
    GtkStyleContext *context = gtk_widget_get_style_context(GTK_WIDGET(label));
    if (wanted)
        gtk_style_context_add_class(context, style);
    else
        gtk_style_context_remove_class(context, style);
}

static void show_address(WhRecordRow *self)
{
    const char *address = wh_record_item_address(self->record);
    gboolean known = *address != '\0';
    g_autofree char *what =
        g_strdup_printf(_("Copy the %s address of %s"), wh_record_item_family(self->record),
                        wh_host_item_display_name(self->host));
    gtk_label_set_text(self->address, known ? address : _("none yet"));
    gtk_widget_set_visible(GTK_WIDGET(self->copy), known);
    wh_copy_button_set(self->copy, address, what);
    set_style(self->address, "wh-address", known);
    set_style(self->address, "dim-label", !known);
}

/* The sentence, with the proof behind it where all is well, and with what the record should hold
 * where that is another address. */
static char *tell(WhRecordRow *self, gboolean together)
{
    const char *sentence = wh_record_item_sentence(self->record);
    const char *proof = wh_record_item_proof(self->record);
    g_autofree char *desired = NULL;
    g_object_get(self->record, "desired", &desired, NULL);
    if (together && *proof != '\0')
        return g_strdup_printf("%s · %s", sentence, proof);
    if (together || desired == NULL || *desired == '\0' ||
        g_strcmp0(desired, wh_record_item_address(self->record)) == 0)
        return g_strdup(sentence);
    /* Translators: how it is, and the address that the name is to get. */
    return g_strdup_printf(_("%s · to become %s"), sentence, desired);
}

static void show_state(WhRecordRow *self)
{
    WhStatus status = wh_record_item_status(self->record);
    const char *proof = wh_record_item_proof(self->record);
    gboolean together = status == WH_STATUS_OK;
    g_autofree char *told = tell(self, together);
    g_autofree char *words = wh_words_known(told, self->stale);
    wh_status_mark_set(self->mark, self->stale ? WH_STATUS_OFFLINE : status);
    gtk_label_set_text(self->sentence, words);
    gtk_label_set_text(self->proof, proof);
    gtk_widget_set_visible(GTK_WIDGET(self->proof),
                           !together && *proof != '\0' &&
                               *wh_record_item_address(self->record) != '\0');
}

/* The card has the button for a name, and the banner that for everything, and that of the keyring.
 */
static gboolean is_paused(WhRecordRow *self)
{
    g_autofree char *state = NULL;
    g_object_get(self->record, "state", &state, NULL);
    return g_strcmp0(state, "paused") == 0;
}

static void show_next_step(WhRecordRow *self)
{
    gboolean silent = self->stale || is_paused(self) ||
                      wh_record_item_remedy(self->record) == WH_REMEDY_UNLOCK_KEYRING;
    const char *next_step = silent ? NULL : wh_record_item_next_step(self->record);
    WhRemedy remedy = silent ? WH_REMEDY_NONE : wh_record_item_remedy(self->record);
    gtk_widget_set_visible(self->step,
                           !self->told_below && (next_step != NULL || remedy != WH_REMEDY_NONE));
    gtk_label_set_text(self->next_step, next_step != NULL ? next_step : "");
    gtk_widget_set_visible(GTK_WIDGET(self->next_step), next_step != NULL);
    wh_remedy_set_button(self->remedy, remedy, wh_host_item_id(self->host),
                         wh_host_item_account(self->host));
}

static void show(WhRecordRow *self)
{
    gtk_label_set_text(self->family, wh_record_item_family(self->record));
    show_address(self);
    show_state(self);
    show_next_step(self);
}

static void dispose(GObject *object)
{
    WhRecordRow *self = WH_RECORD_ROW(object);
    g_clear_object(&self->host);
    g_clear_object(&self->record);
    G_OBJECT_CLASS(wh_record_row_parent_class)->dispose(object);
}

static void wh_record_row_class_init(WhRecordRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    G_OBJECT_CLASS(klass)->dispose = dispose;
    g_type_ensure(WH_TYPE_COPY_BUTTON);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/wayhome/Wayhome/window/record_row.ui");
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, family);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, address);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, copy);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, mark);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, sentence);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, proof);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, step);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, next_step);
    gtk_widget_class_bind_template_child(widget_class, WhRecordRow, remedy);
}

static void wh_record_row_init(WhRecordRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    wh_words_set_exact(self->address);
}

GtkWidget *wh_record_row_new(WhHostItem *host, WhRecordItem *record)
{
    WhRecordRow *self = g_object_new(WH_TYPE_RECORD_ROW, NULL);
    self->host = g_object_ref(host);
    self->record = g_object_ref(record);
    g_signal_connect_object(record, "notify", G_CALLBACK(show), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(host, "notify::paused", G_CALLBACK(show), self, G_CONNECT_SWAPPED);
    show(self);
    return GTK_WIDGET(self);
}

WhRecordItem *wh_record_row_record(WhRecordRow *row)
{
    return row->record;
}

void wh_record_row_set_stale(WhRecordRow *row, gboolean stale)
{
    if (row->stale == stale)
        return;
    row->stale = stale;
    show(row);
}

void wh_record_row_set_told_below(WhRecordRow *row, gboolean told_below)
{
    if (row->told_below == told_below)
        return;
    row->told_below = told_below;
    show_next_step(row);
}
