#include "service/control/view.h"

static json_t *field(const WhField *seen)
{
    json_t *choices = json_array();
    for (guint i = 0; seen->choices != NULL && seen->choices[i] != NULL; i++)
        json_array_append_new(choices, json_string(seen->choices[i]));
    json_t *view =
        json_pack("{s:s, s:s, s:b, s:o}", "name", seen->name, "kind",
                  wh_field_kind_name(seen->kind), "required", seen->required, "choices", choices);
    wh_view_set_text(view, "label", seen->label != NULL ? seen->label : seen->name);
    wh_view_set_text(view, "hint", seen->hint);
    wh_view_set_text(view, "fallback", seen->fallback);
    if (seen->endpoint)
        json_object_set_new(view, "endpoint", json_true());
    if (seen->kind == WH_FIELD_NUMBER) {
        json_object_set_new(view, "minimum", json_integer(seen->minimum));
        json_object_set_new(view, "maximum", json_integer(seen->maximum));
    }
    return view;
}

json_t *wh_view_provider(const WhDefinition *definition)
{
    json_t *fields = json_array();
    for (guint i = 0; i < definition->fields->len; i++)
        json_array_append_new(fields, field(definition->fields->pdata[i]));
    json_t *view = json_pack("{s:s, s:b, s:o}", "id", definition->id, "untested",
                             definition->untested, "fields", fields);
    wh_view_set_text(view, "name", definition->name);
    wh_view_set_text(view, "home", definition->home);
    wh_view_set_text(view, "signup", definition->signup);
    wh_view_set_text(view, "token_page", definition->token_page);
    wh_view_set_text(view, "caution", definition->caution);
    wh_view_set_text(view, "name_suffix", definition->name_suffix);
    return view;
}
