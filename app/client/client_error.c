#include "app/client/client_error.h"

#include "app/client/sentences_private.h"
#include "service/protocol/names.h"

#include <string.h>

typedef struct {
    char *field;
} WhClientErrorPrivate;

static void wh_client_error_private_init(WhClientErrorPrivate *extra)
{
    extra->field = NULL;
}

static void wh_client_error_private_copy(const WhClientErrorPrivate *from, WhClientErrorPrivate *to)
{
    to->field = g_strdup(from->field);
}

static void wh_client_error_private_clear(WhClientErrorPrivate *extra)
{
    g_free(extra->field);
}

/* The quark of the domain, too. */
G_DEFINE_EXTENDED_ERROR(WhClientError, wh_client_error)

static const char *field_of(const char *error_name, json_t *parameters)
{
    if (strcmp(error_name, WH_CONTROL_ERROR("Invalid")) == 0)
        return wh_sentences_text(parameters, "field");
    if (strcmp(error_name, WH_VARLINK_ERROR("InvalidParameter")) == 0)
        return wh_sentences_text(parameters, "parameter");
    return strcmp(error_name, WH_CONTROL_ERROR("Exists")) == 0 ? "name" : "";
}

/* With its field beside it, an error need not name it once more. */
static char *sentence_of(const char *error_name, json_t *parameters)
{
    const char *reason = wh_sentences_text(parameters, "reason");
    if (strcmp(error_name, WH_CONTROL_ERROR("Invalid")) == 0 && *reason != '\0')
        return g_strdup(reason);
    return wh_sentence_error(error_name, parameters);
}

static gboolean is_denial(const char *error_name)
{
    return strcmp(error_name, WH_VARLINK_ERROR("PermissionDenied")) == 0 ||
           strcmp(error_name, WH_CONTROL_ERROR("InteractionNeeded")) == 0;
}

GError *wh_client_error_refused(const char *error_name, json_t *parameters)
{
    g_autofree char *sentence = sentence_of(error_name, parameters);
    GError *error = g_error_new_literal(
        WH_CLIENT_ERROR, is_denial(error_name) ? WH_CLIENT_ERROR_DENIED : WH_CLIENT_ERROR_REFUSED,
        sentence);
    const char *field = field_of(error_name, parameters);
    if (*field != '\0')
        wh_client_error_get_private(error)->field = g_strdup(field);
    return error;
}

const char *wh_client_error_field(const GError *error)
{
    return error != NULL && error->domain == WH_CLIENT_ERROR
               ? wh_client_error_get_private(error)->field
               : NULL;
}
