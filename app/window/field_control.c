#include "app/window/field_control.h"

#include "app/window/one_line.h"

/* There is always a number in the control for one: what may be left empty is typed as text. */
static gboolean is_spin(const WhFormField *field)
{
    return field->kind == WH_FORM_NUMBER && (field->required || *field->fallback != '\0');
}

static GtkWidget *new_number(const WhFormField *field, const char *value)
{
    double maximum = field->maximum > 0 ? (double)field->maximum : G_MAXINT32;
    GtkWidget *spin = gtk_spin_button_new_with_range((double)field->minimum, maximum, 1);
    gtk_spin_button_set_numeric(GTK_SPIN_BUTTON(spin), TRUE);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), (double)g_ascii_strtoll(value, NULL, 10));
    gtk_entry_set_activates_default(GTK_ENTRY(spin), TRUE);
    gtk_widget_set_halign(spin, GTK_ALIGN_START);
    return spin;
}

static GtkWidget *new_choice(const WhFormField *field, const char *value)
{
    GtkComboBoxText *combo = GTK_COMBO_BOX_TEXT(gtk_combo_box_text_new());
    if (!field->required && *field->fallback == '\0')
        gtk_combo_box_text_append(combo, "", "—");
    for (guint i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
        gtk_combo_box_text_append(combo, field->choices[i], field->choices[i]);
    if (!gtk_combo_box_set_active_id(GTK_COMBO_BOX(combo), value))
        gtk_combo_box_set_active(GTK_COMBO_BOX(combo), 0);
    gtk_widget_set_halign(GTK_WIDGET(combo), GTK_ALIGN_START);
    return GTK_WIDGET(combo);
}

static GtkWidget *new_text(const WhFormField *field, const char *value)
{
    GtkWidget *entry = gtk_entry_new();
    wh_one_line_keep(GTK_ENTRY(entry));
    gtk_entry_set_text(GTK_ENTRY(entry), value);
    gtk_entry_set_activates_default(GTK_ENTRY(entry), TRUE);
    if (field->kind == WH_FORM_NUMBER)
        gtk_entry_set_input_purpose(GTK_ENTRY(entry), GTK_INPUT_PURPOSE_DIGITS);
    else if (field->kind == WH_FORM_URL || field->kind == WH_FORM_HOST)
        gtk_entry_set_input_purpose(GTK_ENTRY(entry), GTK_INPUT_PURPOSE_URL);
    return entry;
}

GtkWidget *wh_field_control_new(const WhFormField *field, const char *value)
{
    GtkWidget *control = is_spin(field)                  ? new_number(field, value)
                         : field->kind == WH_FORM_CHOICE ? new_choice(field, value)
                                                         : new_text(field, value);
    gtk_widget_show(control);
    return control;
}

char *wh_field_control_value(const WhFormField *field, GtkWidget *control)
{
    if (is_spin(field)) {
        gtk_spin_button_update(GTK_SPIN_BUTTON(control));
        return g_strdup_printf("%.0f", gtk_spin_button_get_value(GTK_SPIN_BUTTON(control)));
    }
    if (field->kind == WH_FORM_CHOICE) {
        const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(control));
        return g_strdup(id != NULL ? id : "");
    }
    return g_strstrip(g_strdup(gtk_entry_get_text(GTK_ENTRY(control))));
}
