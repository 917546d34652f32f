#include "app/model/provider_item_private.h"

#include "app/model/item_private.h"

#include <string.h>

/* The texts of the fields are those of json, which does not change. */
struct _WhProviderItem {
    GObject parent_instance;
    json_t *json;
    GArray *fields;
};

enum { PROP_0, PROP_ID, PROP_NAME };

G_DEFINE_FINAL_TYPE(WhProviderItem, wh_provider_item, G_TYPE_OBJECT)

static void wh_provider_item_get_property(GObject *object, guint id, GValue *value,
                                          GParamSpec *spec)
{
    WhProviderItem *item = WH_PROVIDER_ITEM(object);
    g_value_set_string(value,
                       id == PROP_ID ? wh_provider_item_id(item) : wh_provider_item_name(item));
}

static void clear_field(gpointer data)
{
    const WhFormField *field = data;
    g_free((gpointer)field->choices);
}

static void wh_provider_item_finalize(GObject *object)
{
    WhProviderItem *item = WH_PROVIDER_ITEM(object);
    g_array_unref(item->fields);
    json_decref(item->json);
    G_OBJECT_CLASS(wh_provider_item_parent_class)->finalize(object);
}

static void wh_provider_item_class_init(WhProviderItemClass *class)
{
    GObjectClass *object_class = G_OBJECT_CLASS(class);
    object_class->get_property = wh_provider_item_get_property;
    object_class->finalize = wh_provider_item_finalize;
    wh_item_install_text(object_class, PROP_ID, "id");
    wh_item_install_text(object_class, PROP_NAME, "name");
}

static void wh_provider_item_init(WhProviderItem *item)
{
    item->fields = g_array_new(FALSE, TRUE, sizeof(WhFormField));
    g_array_set_clear_func(item->fields, clear_field);
}

/* A kind that this program does not know can be typed as text. */
static WhFormKind kind_of(const char *word)
{
    static const char *const words[] = {
        [WH_FORM_TEXT] = "text", [WH_FORM_SECRET] = "secret", [WH_FORM_HOST] = "host",
        [WH_FORM_URL] = "url",   [WH_FORM_NUMBER] = "number", [WH_FORM_CHOICE] = "choice",
    };
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i], word) == 0)
            return (WhFormKind)i;
    return WH_FORM_TEXT;
}

static const char *const *choices_of(json_t *field)
{
    GPtrArray *choices = g_ptr_array_new();
    size_t i;
    json_t *choice;
    json_array_foreach(json_object_get(field, "choices"), i, choice)
    {
        if (json_is_string(choice))
            g_ptr_array_add(choices, (gpointer)json_string_value(choice));
    }
    g_ptr_array_add(choices, NULL);
    return (const char *const *)g_ptr_array_free(choices, FALSE);
}

static void add_field(WhProviderItem *item, json_t *field)
{
    const char *name = wh_item_text(field, "name");
    const char *label = wh_item_text(field, "label");
    if (*name == '\0')
        return;
    WhFormField form_field = {
        .name = name,
        .label = *label != '\0' ? label : name,
        .hint = wh_item_text(field, "hint"),
        .kind = kind_of(wh_item_text(field, "kind")),
        .required = wh_item_flag(field, "required"),
        .endpoint = wh_item_flag(field, "endpoint"),
        .fallback = wh_item_text(field, "fallback"),
        .choices = choices_of(field),
        .minimum = wh_item_number(field, "minimum"),
        .maximum = wh_item_number(field, "maximum"),
    };
    g_array_append_val(item->fields, form_field);
}

WhProviderItem *wh_provider_item_new(json_t *provider)
{
    WhProviderItem *item = g_object_new(WH_TYPE_PROVIDER_ITEM, NULL);
    item->json = json_incref(provider);
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(provider, "fields"), i, field)
    {
        add_field(item, field);
    }
    return item;
}

json_t *wh_provider_item_json(WhProviderItem *item)
{
    return item->json;
}

const char *wh_provider_item_id(WhProviderItem *item)
{
    return wh_item_text(item->json, "id");
}

const char *wh_provider_item_name(WhProviderItem *item)
{
    const char *name = wh_item_text(item->json, "name");
    return *name != '\0' ? name : wh_provider_item_id(item);
}

static const char *page(WhProviderItem *item, const char *member)
{
    const char *address = wh_item_text(item->json, member);
    return g_str_has_prefix(address, "https://") ? address : NULL;
}

static const char *text_or_null(WhProviderItem *item, const char *member)
{
    const char *text = wh_item_text(item->json, member);
    return *text != '\0' ? text : NULL;
}

const char *wh_provider_item_home(WhProviderItem *item)
{
    return page(item, "home");
}

const char *wh_provider_item_signup(WhProviderItem *item)
{
    return page(item, "signup");
}

const char *wh_provider_item_token_page(WhProviderItem *item)
{
    return page(item, "token_page");
}

const char *wh_provider_item_caution(WhProviderItem *item)
{
    return text_or_null(item, "caution");
}

const char *wh_provider_item_name_suffix(WhProviderItem *item)
{
    return text_or_null(item, "name_suffix");
}

gboolean wh_provider_item_is_untested(WhProviderItem *item)
{
    return wh_item_flag(item->json, "untested");
}

guint wh_provider_item_n_fields(WhProviderItem *item)
{
    return item->fields->len;
}

const WhFormField *wh_provider_item_field(WhProviderItem *item, guint index)
{
    g_return_val_if_fail(index < item->fields->len, NULL);
    return &g_array_index(item->fields, WhFormField, index);
}
