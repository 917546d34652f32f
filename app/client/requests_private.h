/* What the files of the requests share. */
#pragma once

#include "app/client/requests.h"
#include "service/protocol/message.h"

G_BEGIN_DECLS

/* Calls `method` on a connection of its own; the callback's finish function reads the answer. Takes
 * `parameters` over. */
void wh_requests_send(WhLink *link, const char *method, json_t *parameters,
                      GAsyncReadyCallback done, gpointer data);

/* The same for what changes something because a person wants it: it may ask for a password. */
void wh_requests_send_change(WhLink *link, const char *method, json_t *parameters,
                             GAsyncReadyCallback done, gpointer data);

/* The same for what sets the service up: while nobody takes care of it, the person is made the one
 * who does, first. */
void wh_requests_send_claiming(WhLink *link, const char *method, json_t *parameters,
                               GAsyncReadyCallback done, gpointer data);

/* Adds a text, unless it is NULL. */
void wh_requests_put(json_t *object, const char *member, const char *text);

/* Adds fields, secrets and label. */
void wh_requests_put_account(json_t *object, const WhAccountRequest *account);

G_END_DECLS
