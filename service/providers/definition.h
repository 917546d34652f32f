/* A provider's definition: data from one keyfile. What it is called, what its form asks, how it is
 * asked to update, how its answers read, what it expects of clients. */
#pragma once

#include "service/base/manners.h"
#include "service/base/result.h"

G_BEGIN_DECLS

typedef enum {
    WH_FIELD_TEXT,
    WH_FIELD_SECRET,
    WH_FIELD_HOST, /* a server: host name or address, optionally with :port */
    WH_FIELD_URL,  /* https://...; http:// only where the definition says so */
    WH_FIELD_NUMBER,
    WH_FIELD_CHOICE,
} WhFieldKind;

/* One field of the form. label is what the provider itself calls it. choices: NULL-terminated, for
 * CHOICE. fallback: used when the user leaves it empty, or NULL. minimum and maximum are for
 * NUMBER. endpoint TRUE: the field decides where the secrets are sent. allow_http: a URL may be
 * http:// too. default_path: what stands for the path of a URL that has none ("/nic/update"), or
 * NULL. */
typedef struct {
    char *name;
    char *label;
    char *hint;
    WhFieldKind kind;
    gboolean required;
    char *fallback;
    char **choices;
    gint64 minimum;
    gint64 maximum;
    gboolean endpoint;
    gboolean allow_http;
    char *default_path;
} WhField;

typedef struct WhEngineData WhEngineData;

/* fields: WhField. home, signup, token_page, caution: may be NULL. caution: one sentence for the
 * form. name_suffix: names must lie below it ("duckdns.org"), or NULL. name_depth: how many labels
 * stand before it (0: any number). untested: rests on weak evidence. interval_field: a NUMBER field
 * whose seconds replace manners.refill, or NULL. together_field: a CHOICE field that switches
 * manners.together on when it says together_choice, or NULL. engine: "http" or "rfc2136";
 * engine_data belongs to that engine. */
typedef struct {
    char *id;
    char *name;
    char *home;
    char *signup;
    char *token_page;
    char *caution;
    char *name_suffix;
    guint name_depth;
    gboolean untested;
    GPtrArray *fields;
    WhManners manners;
    char *interval_field;
    char *together_field;
    char *together_choice;
    char *engine;
    WhEngineData *engine_data;
    void (*engine_data_free)(WhEngineData *data);
} WhDefinition;

/* Reads and checks one definition. `id` is the file's name without ".provider". Every mistake (an
 * unknown key too) is G_IO_ERROR_INVALID_DATA with group, key and what is expected. */
WhDefinition *wh_definition_parse(const char *id, const char *text, gsize length, GError **error);
void wh_definition_free(WhDefinition *definition);

/* The field of that name, owned by `definition`, or NULL. */
const WhField *wh_definition_field(const WhDefinition *definition, const char *name);

/* "text", "secret", "host", "url", "number", "choice". */
const char *wh_field_kind_name(WhFieldKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhDefinition, wh_definition_free)

G_END_DECLS
