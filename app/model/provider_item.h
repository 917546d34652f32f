/* A provider, and the form that it asks people to fill in. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
    WH_FORM_TEXT,
    WH_FORM_SECRET,
    WH_FORM_HOST,
    WH_FORM_URL,
    WH_FORM_NUMBER,
    WH_FORM_CHOICE,
} WhFormKind;

/* Texts are never NULL; hint and fallback may be "". endpoint: where the secrets are sent depends
 * on it. choices ends with NULL. maximum 0: none. */
typedef struct {
    const char *name;
    const char *label;
    const char *hint;
    WhFormKind kind;
    gboolean required;
    gboolean endpoint;
    const char *fallback;
    const char *const *choices;
    gint64 minimum;
    gint64 maximum;
} WhFormField;

#define WH_TYPE_PROVIDER_ITEM (wh_provider_item_get_type())
/* Properties, read-only: "id", "name". */
G_DECLARE_FINAL_TYPE(WhProviderItem, wh_provider_item, WH, PROVIDER_ITEM, GObject)

/* The properties; borrowed, as all texts here, for the life of the item. */
const char *wh_provider_item_id(WhProviderItem *item);
const char *wh_provider_item_name(WhProviderItem *item);

/* Web pages, https only, or NULL. */
const char *wh_provider_item_home(WhProviderItem *item);
const char *wh_provider_item_signup(WhProviderItem *item);
const char *wh_provider_item_token_page(WhProviderItem *item);

/* Words of warning, or NULL. */
const char *wh_provider_item_caution(WhProviderItem *item);

/* What every name there ends with ("duckdns.org"), or NULL. */
const char *wh_provider_item_name_suffix(WhProviderItem *item);
gboolean wh_provider_item_is_untested(WhProviderItem *item);

/* The form, in the order in which people are asked. */
guint wh_provider_item_n_fields(WhProviderItem *item);
const WhFormField *wh_provider_item_field(WhProviderItem *item, guint index);

G_END_DECLS
