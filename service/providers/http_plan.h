/* How a provider is asked over HTTP: the [http] group of a definition, read and checked. Private to
 * this room. */
#pragma once

#include "service/providers/answer_rules.h"
#include "service/providers/engine.h"
#include "service/providers/template.h"

G_BEGIN_DECLS

/* url_ipv4, url_ipv6: instead of url when a request carries that family only; may be NULL.
 * choice_field: the CHOICE field that picks one of url_choices (choice to WhTemplate) instead;
 * NULL: url counts. user and password (Basic authentication), body: may be NULL. headers:
 * WhTemplate of "Name: value". force_family: the connection goes over the family that the request
 * carries. */
typedef struct {
    char *method;
    WhTemplate *url;
    WhTemplate *url_ipv4;
    WhTemplate *url_ipv6;
    char *choice_field;
    GHashTable *url_choices;
    WhTemplate *user;
    WhTemplate *password;
    GPtrArray *headers;
    WhTemplate *body;
    char *body_type;
    gboolean force_family;
    gboolean allow_http;
    WhAnswerRules *answers;
} WhHttpPlan;

/* Reads [http] and [answers]; mistakes go to `reader`. Every request that the definition can lead
 * to is filled once with sample values, so that a value that may be missing shows here. */
WhHttpPlan *wh_http_plan_read(WhDefinitionReader *reader, const WhDefinition *definition);
void wh_http_plan_free(WhHttpPlan *plan);

/* The plan of a definition whose engine is "http". */
const WhHttpPlan *wh_http_plan_of(const WhDefinition *definition);

/* The URL template for a request of this account that carries the addresses in `values`. */
const WhTemplate *wh_http_plan_url(const WhHttpPlan *plan, const WhTemplateValues *values);

/* Whether any template uses the value; then hosts that differ in it cannot share a request. */
gboolean wh_http_plan_uses(const WhHttpPlan *plan, const char *name);

/* Fills all templates of one request, in memory that wh_http_message_free() frees.
 * G_IO_ERROR_INVALID_ARGUMENT: a value is missing. */
typedef struct {
    WhHttpRequest request;
    WhSecret *user;
    char *shown_url;
} WhHttpMessage;

WhHttpMessage *wh_http_plan_fill(const WhHttpPlan *plan, const WhTemplateValues *values,
                                 GError **error);
void wh_http_message_free(WhHttpMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHttpPlan, wh_http_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhHttpMessage, wh_http_message_free)

G_END_DECLS
