#include "app/window/account_fields.h"

#include "app/window/field_control.h"
#include "app/window/form_row.h"
#include "app/window/secret_entry.h"
#include "app/window/server.h"

#include <glib/gi18n.h>
#include <string.h>

/* One question. initial: what was in it at first. kept: the service has this secret already.
 * forget: the button that has it forgotten, where the account can do without. */
typedef struct {
    const WhFormField *field;
    WhFormRow *row;
    GtkWidget *control;
    char *initial;
    gboolean kept;
    GtkToggleButton *forget;
} Question;

/* provider owns what the questions' fields point to. elsewhere: the secrets that are kept were
 * given for another server. */
struct _WhAccountFields {
    GtkBox parent_instance;
    WhProviderItem *provider;
    GArray *questions;
    gboolean elsewhere;
};

G_DEFINE_TYPE(WhAccountFields, wh_account_fields, GTK_TYPE_BOX)

static Question *question_at(WhAccountFields *self, guint index)
{
    return &g_array_index(self->questions, Question, index);
}

static void clear(gpointer data)
{
    g_free(((Question *)data)->initial);
}

static void finalize(GObject *object)
{
    WhAccountFields *self = WH_ACCOUNT_FIELDS(object);
    g_array_unref(self->questions);
    g_clear_object(&self->provider);
    G_OBJECT_CLASS(wh_account_fields_parent_class)->finalize(object);
}

static void wh_account_fields_class_init(WhAccountFieldsClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = finalize;
}

static void wh_account_fields_init(WhAccountFields *self)
{
    self->questions = g_array_new(FALSE, TRUE, sizeof(Question));
    g_array_set_clear_func(self->questions, clear);
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(GTK_BOX(self), 18);
}

/* Below the control and not inside it: GTK hides a placeholder from whoever is about to type. */
static void set_hint(WhFormRow *row, const char *hint)
{
    gboolean is_example = strchr(hint, ' ') == NULL && strchr(hint, '.') != NULL;
    g_autofree char *example = g_strdup_printf(_("For example: %s"), hint);
    wh_form_row_set_hint(row, is_example ? example : hint);
}

static GtkWidget *new_row(const WhFormField *field, GtkWidget *control, GtkWidget *around)
{
    g_autofree char *optional = g_strdup_printf(_("%s (not required)"), field->label);
    gboolean asked = field->required || *field->fallback != '\0';
    GtkWidget *row = wh_form_row_new(asked ? field->label : optional, FALSE, control, around);
    set_hint(WH_FORM_ROW(row), field->hint);
    return row;
}

static GtkToggleButton *add_forget(GtkContainer *box, const WhFormField *field)
{
    /* Translators: %s is what the provider calls it: "Token", "Password". */
    g_autofree char *words = g_strdup_printf(_("Forget: %s"), field->label);
    GtkWidget *forget = gtk_check_button_new_with_label(words);
    gtk_widget_show(forget);
    gtk_container_add(box, forget);
    return GTK_TOGGLE_BUTTON(forget);
}

static void ask_secret(Question *question, WhAccountItem *account)
{
    const WhFormField *field = question->field;
    const char *state = account != NULL ? wh_account_item_secret_state(account, field->name) : NULL;
    question->kept = g_strcmp0(state, "present") == 0;
    question->control = wh_secret_entry_new(field->label, question->kept);
    GtkWidget *inner = wh_secret_entry_inner(WH_SECRET_ENTRY(question->control));
    question->row = WH_FORM_ROW(new_row(field, inner, question->control));
    if (state != NULL && !field->required)
        question->forget = add_forget(GTK_CONTAINER(question->row), field);
}

static void ask_value(Question *question, WhAccountItem *account)
{
    const WhFormField *field = question->field;
    const char *value = account != NULL ? wh_account_item_field(account, field->name) : "";
    question->control = wh_field_control_new(field, *value != '\0' ? value : field->fallback);
    question->initial = wh_field_control_value(field, question->control);
    question->row = WH_FORM_ROW(new_row(field, question->control, NULL));
}

static gboolean is_other_server(const Question *question)
{
    g_autofree char *value = wh_field_control_value(question->field, question->control);
    return !wh_server_is_same(question->initial, value);
}

/* A secret is not sent to another server than the one it was given for. */
static void endpoint_changed(WhAccountFields *self)
{
    gboolean other = FALSE;
    for (guint i = 0; i < self->questions->len; i++)
        other = other || (question_at(self, i)->field->endpoint &&
                          question_at(self, i)->field->kind != WH_FORM_SECRET &&
                          is_other_server(question_at(self, i)));
    for (guint i = 0; i < self->questions->len; i++) {
        Question *question = question_at(self, i);
        if (!question->kept)
            continue;
        wh_secret_entry_set_kept(WH_SECRET_ENTRY(question->control), !other);
        if (other)
            wh_form_row_set_hint(question->row, _("A new server: please give this again."));
        else
            set_hint(question->row, question->field->hint);
    }
    self->elsewhere = other;
}

static void add_question(WhAccountFields *self, const WhFormField *field, WhAccountItem *account)
{
    Question question = {.field = field};
    if (field->kind == WH_FORM_SECRET)
        ask_secret(&question, account);
    else
        ask_value(&question, account);
    gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(question.row));
    g_array_append_val(self->questions, question);
    if (field->endpoint && account != NULL &&
        (GTK_IS_EDITABLE(question.control) || GTK_IS_COMBO_BOX(question.control)))
        g_signal_connect_object(question.control, "changed", G_CALLBACK(endpoint_changed), self,
                                G_CONNECT_SWAPPED);
}

static GtkWidget *new_fields(WhProviderItem *provider, WhAccountItem *account, gboolean secrets)
{
    WhAccountFields *self = g_object_new(WH_TYPE_ACCOUNT_FIELDS, "visible", TRUE, NULL);
    self->provider = g_object_ref(provider);
    for (guint i = 0; i < wh_provider_item_n_fields(provider); i++) {
        const WhFormField *field = wh_provider_item_field(provider, i);
        if (!secrets || field->kind == WH_FORM_SECRET)
            add_question(self, field, account);
    }
    return GTK_WIDGET(self);
}

GtkWidget *wh_account_fields_new(WhProviderItem *provider, WhAccountItem *account)
{
    return new_fields(provider, account, FALSE);
}

GtkWidget *wh_account_fields_new_secrets(WhProviderItem *provider, WhAccountItem *account)
{
    return new_fields(provider, account, TRUE);
}

static gboolean is_to_be_forgotten(const Question *question)
{
    return question->forget != NULL && gtk_toggle_button_get_active(question->forget);
}

static gboolean is_missing(WhAccountFields *self, const Question *question)
{
    if (question->field->kind == WH_FORM_SECRET) {
        gboolean empty = *wh_secret_entry_text(WH_SECRET_ENTRY(question->control)) == '\0';
        gboolean needed = question->kept ? self->elsewhere : question->field->required;
        return empty && needed && !is_to_be_forgotten(question);
    }
    g_autofree char *value = wh_field_control_value(question->field, question->control);
    return *value == '\0' && question->field->required;
}

static void mark(const Question *question, const char *error)
{
    wh_form_row_set_error(question->row, error);
    wh_form_row_focus(question->row);
}

gboolean wh_account_fields_check(WhAccountFields *fields)
{
    const Question *first = NULL;
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        gboolean missing = is_missing(fields, question);
        wh_form_row_set_error(question->row, missing ? _("Please fill this in.") : NULL);
        if (missing && first == NULL)
            first = question;
    }
    if (first != NULL)
        wh_form_row_focus(first->row);
    return first == NULL;
}

GHashTable *wh_account_fields_values(WhAccountFields *fields)
{
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        if (question->field->kind == WH_FORM_SECRET)
            continue;
        g_autofree char *value = wh_field_control_value(question->field, question->control);
        if (*value != '\0')
            g_hash_table_insert(values, g_strdup(question->field->name), g_steal_pointer(&value));
    }
    return values;
}

GHashTable *wh_account_fields_changed(WhAccountFields *fields, WhAccountItem *account)
{
    g_autoptr(GHashTable) values = wh_account_item_fields(account);
    gboolean any = FALSE;
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        if (question->field->kind == WH_FORM_SECRET)
            continue;
        g_autofree char *value = wh_field_control_value(question->field, question->control);
        if (strcmp(value, question->initial) == 0)
            continue;
        any = TRUE;
        g_hash_table_remove(values, question->field->name);
        if (*value != '\0')
            g_hash_table_insert(values, g_strdup(question->field->name), g_steal_pointer(&value));
    }
    return any ? g_steal_pointer(&values) : NULL;
}

GHashTable *wh_account_fields_secrets(WhAccountFields *fields)
{
    GHashTable *secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        if (question->field->kind != WH_FORM_SECRET)
            continue;
        const char *text = wh_secret_entry_text(WH_SECRET_ENTRY(question->control));
        if (*text != '\0' || is_to_be_forgotten(question))
            g_hash_table_insert(secrets, g_strdup(question->field->name), (gpointer)text);
    }
    return secrets;
}

gboolean wh_account_fields_mark(WhAccountFields *fields, const char *name, const char *error)
{
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        if (strcmp(question->field->name, name) != 0)
            continue;
        mark(question, error);
        return TRUE;
    }
    return FALSE;
}

static const Question *first_secret(WhAccountFields *self)
{
    for (guint i = 0; i < self->questions->len; i++)
        if (question_at(self, i)->field->kind == WH_FORM_SECRET)
            return question_at(self, i);
    return NULL;
}

gboolean wh_account_fields_mark_secret(WhAccountFields *fields, const char *error)
{
    const Question *question = first_secret(fields);
    if (question != NULL)
        mark(question, error);
    return question != NULL;
}

void wh_account_fields_focus(WhAccountFields *fields, gboolean at_secret)
{
    const Question *question = at_secret ? first_secret(fields) : NULL;
    if (question == NULL && fields->questions->len > 0)
        question = question_at(fields, 0);
    if (question != NULL)
        wh_form_row_focus(question->row);
}

void wh_account_fields_wipe(WhAccountFields *fields)
{
    for (guint i = 0; i < fields->questions->len; i++) {
        const Question *question = question_at(fields, i);
        if (question->field->kind == WH_FORM_SECRET)
            wh_secret_entry_wipe(WH_SECRET_ENTRY(question->control));
    }
}
