#include "service/control/view.h"

const char *wh_view_family(WhFamily family)
{
    return family == WH_FAMILY_IPV4 ? "ipv4" : "ipv6";
}

const char *wh_view_scope(WhHaltScope scope)
{
    switch (scope) {
    case WH_HALT_NOBODY:
        return NULL;
    case WH_HALT_HOST:
        return "host";
    case WH_HALT_ACCOUNT:
        return "account";
    case WH_HALT_PROVIDER:
        return "provider";
    }
    return NULL;
}

void wh_view_set_text(json_t *object, const char *name, const char *text)
{
    if (text == NULL)
        return;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    json_object_set_new(object, name, json_string(valid));
}

void wh_view_set_address(json_t *object, const char *name, const WhAddress *address)
{
    char text[WH_ADDRESS_STRLEN];
    if (address != NULL)
        json_object_set_new(object, name, json_string(wh_address_format(address, text)));
}

void wh_view_set_integer(json_t *object, const char *name, gint64 value)
{
    if (value != 0)
        json_object_set_new(object, name, json_integer(value));
}

json_t *wh_view_result(WhResultClass result, const char *detail)
{
    json_t *view = json_pack("{s:s}", "class", wh_result_class_name(result));
    wh_view_set_text(view, "detail", detail);
    return view;
}
