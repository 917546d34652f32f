/* The client's side of the control protocol: calls and streams, asynchronous, in the main context.
 *
 * Shared by every face. Needs GLib, the protocol room and the platform's local socket only. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

typedef struct WhClient WhClient;

#define WH_CLIENT_ERROR (wh_client_error_quark())
GQuark wh_client_error_quark(void);

typedef enum {
    WH_CLIENT_ERROR_AWAY,     /* no service answers at any of the addresses */
    WH_CLIENT_ERROR_UNSAFE,   /* somebody else answers there */
    WH_CLIENT_ERROR_LOST,     /* the connection ended in the middle */
    WH_CLIENT_ERROR_PROTOCOL, /* what came is no answer */
    WH_CLIENT_ERROR_REFUSED,  /* the service answered with an error */
    WH_CLIENT_ERROR_DENIED,   /* it did, because this person may not or gave no password */
} WhClientErrorCode;

/* Connects to `address`, or, when NULL, to the system's service, and to the user's own where the
 * system's is not there or cannot be used. */
WhClient *wh_client_new(const char *address, GError **error);

void wh_client_free(WhClient *client);

/* Connects to the user's own service because that of the whole computer, to which `refused` is
 * connected, does not let this user look. NULL: it is another one, or there is no own service. */
WhClient *wh_client_new_instead(WhClient *refused);

/* The address that answered. */
const char *wh_client_address(WhClient *client);

/* One reply of a call; parameters is borrowed. continues FALSE: it was the last one, and `error`
 * may be set instead of parameters. error_name is the qualified varlink error or NULL. */
typedef void (*WhClientReply)(json_t *parameters, gboolean continues, const char *error_name,
                              const GError *error, gpointer data);

/* `method` without its interface ("Status"). parameters may be NULL and is not taken over. Calls on
 * one client are answered in order. With more, replies come until the client is freed or the
 * connection ends. */
void wh_client_call(WhClient *client, const char *method, json_t *parameters, gboolean more,
                    WhClientReply reply, gpointer data);

/* Calls and waits, turning the main context. The result is the caller's. With
 * WH_CLIENT_ERROR_REFUSED, *error_name (caller frees) and *error_parameters (caller json_decref()s)
 * are set when not NULL. No error is WH_CLIENT_ERROR_DENIED here. */
json_t *wh_client_call_sync(WhClient *client, const char *method, json_t *parameters,
                            char **error_name, json_t **error_parameters, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhClient, wh_client_free)

G_END_DECLS
