#include "app/window/host_fields.h"

#include "app/window/form_row.h"
#include "app/window/host_name.h"
#include "app/window/one_line.h"

#include <glib/gi18n.h>
#include <string.h>

struct _WhHostFields {
    GtkBox parent_instance;
    GtkEntry *name;
    GtkLabel *ending;
    WhFormRow *name_row;
    GtkToggleButton *ipv4;
    GtkToggleButton *ipv6;
    WhFormRow *families_row;
    char *suffix;
    char *initial;
    gboolean initial_ipv4;
    gboolean initial_ipv6;
};

G_DEFINE_TYPE(WhHostFields, wh_host_fields, GTK_TYPE_BOX)

static void finalize(GObject *object)
{
    g_free(WH_HOST_FIELDS(object)->suffix);
    g_free(WH_HOST_FIELDS(object)->initial);
    G_OBJECT_CLASS(wh_host_fields_parent_class)->finalize(object);
}

static void wh_host_fields_class_init(WhHostFieldsClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
    g_signal_new("changed", G_TYPE_FROM_CLASS(klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 0);
}

static void show_whole_name(WhHostFields *self)
{
    g_autofree char *typed = g_strstrip(g_strdup(gtk_entry_get_text(self->name)));
    g_autofree char *whole = wh_host_fields_name(self);
    gboolean adds = self->suffix != NULL && !wh_host_name_has_suffix(typed, self->suffix);
    gtk_widget_set_visible(GTK_WIDGET(self->ending), adds);
    if (*whole == '\0') {
        wh_form_row_set_hint(self->name_row,
                             self->suffix != NULL
                                 ? _("The name that you chose at the provider.")
                                 : _("The whole name, as it is known at the provider: for example "
                                     "home.example.org"));
        return;
    }
    g_autofree char *hint = g_strdup_printf(_("Keeps %s pointing at this computer."), whole);
    wh_form_row_set_hint(self->name_row, strcmp(typed, whole) != 0 ? hint : NULL);
}

static void typed_name(WhHostFields *self)
{
    show_whole_name(self);
    g_signal_emit_by_name(self, "changed");
}

static void toggled(WhHostFields *self)
{
    wh_form_row_set_error(self->families_row, NULL);
}

static void add_name(WhHostFields *self)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    self->name = GTK_ENTRY(gtk_entry_new());
    wh_one_line_keep(self->name);
    gtk_entry_set_activates_default(self->name, TRUE);
    gtk_entry_set_input_purpose(self->name, GTK_INPUT_PURPOSE_URL);
    self->ending = GTK_LABEL(gtk_label_new(NULL));
    gtk_style_context_add_class(gtk_widget_get_style_context(GTK_WIDGET(self->ending)),
                                "wh-ending");
    gtk_box_pack_start(GTK_BOX(box), GTK_WIDGET(self->name), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(box), GTK_WIDGET(self->ending), FALSE, FALSE, 0);
    /* Names run from left to right in every language. */
    gtk_widget_set_direction(box, GTK_TEXT_DIR_LTR);
    gtk_widget_set_direction(GTK_WIDGET(self->name), GTK_TEXT_DIR_LTR);
    gtk_widget_show_all(box);
    self->name_row =
        WH_FORM_ROW(wh_form_row_new(_("_Name to keep right"), TRUE, GTK_WIDGET(self->name), box));
    g_signal_connect_object(self->name, "changed", G_CALLBACK(typed_name), self, G_CONNECT_SWAPPED);
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(self->name_row));
}

static GtkToggleButton *add_family(WhHostFields *self, GtkWidget *box, const char *label)
{
    GtkWidget *check = gtk_check_button_new_with_mnemonic(label);
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(check), TRUE);
    gtk_container_add(GTK_CONTAINER(box), check);
    g_signal_connect_object(check, "toggled", G_CALLBACK(toggled), self, G_CONNECT_SWAPPED);
    return GTK_TOGGLE_BUTTON(check);
}

static void wh_host_fields_init(WhHostFields *self)
{
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 18);
    add_name(self);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 18);
    self->ipv4 = add_family(self, box, _("IPv_4"));
    self->ipv6 = add_family(self, box, _("IPv_6"));
    gtk_widget_show_all(box);
    self->families_row =
        WH_FORM_ROW(wh_form_row_new(_("Addresses to publish"), FALSE, GTK_WIDGET(self->ipv4), box));
    wh_form_row_set_hint(self->families_row,
                         _("Leave both on if you are not sure: one that this computer does not "
                           "have is left alone."));
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(self->families_row));
    show_whole_name(self);
}

GtkWidget *wh_host_fields_new(void)
{
    return g_object_new(WH_TYPE_HOST_FIELDS, "visible", TRUE, NULL);
}

void wh_host_fields_set_suffix(WhHostFields *fields, const char *suffix)
{
    g_free(fields->suffix);
    fields->suffix = g_strdup(suffix);
    g_autofree char *ending = g_strdup_printf(".%s", suffix != NULL ? suffix : "");
    gtk_label_set_text(fields->ending, ending);
    show_whole_name(fields);
}

void wh_host_fields_set(WhHostFields *fields, const char *name, gboolean ipv4, gboolean ipv6)
{
    gtk_entry_set_text(fields->name, name);
    gtk_toggle_button_set_active(fields->ipv4, ipv4);
    gtk_toggle_button_set_active(fields->ipv6, ipv6);
    g_free(fields->initial);
    fields->initial = g_strdup(name);
    fields->initial_ipv4 = ipv4;
    fields->initial_ipv6 = ipv6;
}

gboolean wh_host_fields_renamed(WhHostFields *fields)
{
    g_autofree char *name = wh_host_fields_name(fields);
    return g_strcmp0(name, fields->initial) != 0;
}

gboolean wh_host_fields_changed_ipv4(WhHostFields *fields)
{
    return wh_host_fields_ipv4(fields) != fields->initial_ipv4;
}

gboolean wh_host_fields_changed_ipv6(WhHostFields *fields)
{
    return wh_host_fields_ipv6(fields) != fields->initial_ipv6;
}

gboolean wh_host_fields_check_name(WhHostFields *fields)
{
    g_autofree char *name = wh_host_fields_name(fields);
    if (wh_host_name_is_possible(name))
        return TRUE;
    wh_host_fields_mark_name(fields, *name == '\0' ? _("Please fill this in.")
                                     : g_hostname_is_ip_address(name)
                                         ? _("This is an address. Give the name that is to "
                                             "lead to it, such as home.example.org.")
                                         : _("This is no host name. Give the whole name, "
                                             "such as home.example.org."));
    return FALSE;
}

gboolean wh_host_fields_check(WhHostFields *fields)
{
    gboolean named = wh_host_fields_check_name(fields);
    if (wh_host_fields_ipv4(fields) || wh_host_fields_ipv6(fields))
        return named;
    wh_form_row_set_error(fields->families_row, _("Please choose at least one."));
    if (named)
        wh_form_row_focus(fields->families_row);
    return FALSE;
}

char *wh_host_fields_name(WhHostFields *fields)
{
    return wh_host_name_complete(gtk_entry_get_text(fields->name), fields->suffix);
}

gboolean wh_host_fields_ipv4(WhHostFields *fields)
{
    return gtk_toggle_button_get_active(fields->ipv4);
}

gboolean wh_host_fields_ipv6(WhHostFields *fields)
{
    return gtk_toggle_button_get_active(fields->ipv6);
}

void wh_host_fields_mark_name(WhHostFields *fields, const char *error)
{
    wh_form_row_set_error(fields->name_row, error);
    wh_form_row_focus(fields->name_row);
}

gboolean wh_host_fields_mark(WhHostFields *fields, const char *member, const char *error)
{
    if (strcmp(member, "name") == 0) {
        wh_host_fields_mark_name(fields, error);
        return TRUE;
    }
    if (strcmp(member, "ipv4") != 0 && strcmp(member, "ipv6") != 0)
        return FALSE;
    wh_form_row_set_error(fields->families_row, error);
    wh_form_row_focus(fields->families_row);
    return TRUE;
}

void wh_host_fields_focus(WhHostFields *fields)
{
    wh_form_row_focus(fields->name_row);
}
