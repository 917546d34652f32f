/* What a person can ask of the service, one function a method, with types instead of JSON.
 *
 * All are asynchronous; the callback is an ordinary GAsyncReadyCallback with the link as its source
 * object and is called once, also when the connection ends. Errors: WH_CLIENT_ERROR with a sentence
 * for people as the message (wh_sentence_error()); wh_requests_invalid_field() tells which field of
 * a form it is about. Tables of fields and secrets: text to text, borrowed; a secret's text is
 * copied only into memory that is wiped (where the program has called
 * wh_message_use_wiping_allocator()). What is not answered in time (wh_link_set_patience_ms()) ends
 * with WH_CLIENT_ERROR_LOST, as when the connection ends. Each request has a connection of its own,
 * closed after its answer: that of the link is taken by what it watches.
 *
 * Whoever may not manage is asked for an administrator's password, so an answer may come late; not
 * given: WH_CLIENT_ERROR_DENIED. What sets the service of the whole computer up while nobody takes
 * care of it (add_account, add_host, test) makes the person its owner first. */
#pragma once

#include "app/client/link.h"

G_BEGIN_DECLS

/* What the service would try or keep. Members that are NULL stay as they are (edit) or get the
 * service's fallback (add). */
typedef struct {
    const char *provider; /* add and test without an account */
    const char *label;
    GHashTable *fields;
    GHashTable *secrets;
} WhAccountRequest;

typedef struct {
    const char *account;
    const char *name;
    gboolean wants_set; /* FALSE: ipv4 and ipv6 say nothing */
    gboolean ipv4;
    gboolean ipv6;
} WhHostRequest;

void wh_requests_add_account(WhLink *link, const WhAccountRequest *account,
                             GAsyncReadyCallback done, gpointer data);
void wh_requests_edit_account(WhLink *link, const char *id, const WhAccountRequest *account,
                              GAsyncReadyCallback done, gpointer data);
void wh_requests_remove_account(WhLink *link, const char *id, GAsyncReadyCallback done,
                                gpointer data);

/* Asks nobody for anything: for programs that hand over what they keep. */
void wh_requests_set_secret(WhLink *link, const char *account, const char *field,
                            const char *secret, GAsyncReadyCallback done, gpointer data);
void wh_requests_add_host(WhLink *link, const WhHostRequest *host, GAsyncReadyCallback done,
                          gpointer data);
void wh_requests_edit_host(WhLink *link, const char *id, const WhHostRequest *host,
                           GAsyncReadyCallback done, gpointer data);
void wh_requests_remove_host(WhLink *link, const char *id, GAsyncReadyCallback done, gpointer data);

/* account: the id of one that exists, or NULL with draft's provider. draft may be NULL with an
 * account. */
void wh_requests_test(WhLink *link, const char *account, const WhAccountRequest *draft,
                      const char *name, GAsyncReadyCallback done, gpointer data);

/* host NULL: all. */
void wh_requests_update_now(WhLink *link, const char *host, GAsyncReadyCallback done,
                            gpointer data);
void wh_requests_pause(WhLink *link, const char *host, GAsyncReadyCallback done, gpointer data);

/* Both NULL: the general pause. */
void wh_requests_resume(WhLink *link, const char *host, const char *account,
                        GAsyncReadyCallback done, gpointer data);

/* Newest first; before 0: from the newest. */
void wh_requests_history(WhLink *link, const char *host, gint64 before, guint limit,
                         GAsyncReadyCallback done, gpointer data);
void wh_requests_list_providers(WhLink *link, GAsyncReadyCallback done, gpointer data);

/* Has the service ask for the keyring's password, where the service itself can. */
void wh_requests_unlock_keyring(WhLink *link, GAsyncReadyCallback done, gpointer data);

/* Whether secrets may be kept in a private file where no keyring exists. */
void wh_requests_allow_secret_file(WhLink *link, gboolean allowed, GAsyncReadyCallback done,
                                   gpointer data);

/* Whether the service of the whole computer keeps a copy of secrets for the time when nobody is
 * signed in. */
void wh_requests_keep_unattended(WhLink *link, gboolean enabled, GAsyncReadyCallback done,
                                 gpointer data);

/* Makes the person the owner of the service of the whole computer. */
void wh_requests_claim(WhLink *link, GAsyncReadyCallback done, gpointer data);

/* Has the administrator's files of accounts and hosts read again. */
void wh_requests_reload(WhLink *link, GAsyncReadyCallback done, gpointer data);

/* Has the doctor ask everything again; answered when it knows, within some seconds. What it found
 * is told by the link. */
void wh_requests_diagnose(WhLink *link, GAsyncReadyCallback done, gpointer data);

/* What is published while everything goes through the VPN of this name: "line", "vpn" or "nothing".
 */
void wh_requests_set_vpn(WhLink *link, const char *vpn, const char *publish,
                         GAsyncReadyCallback done, gpointer data);

/* For every request that returns nothing else. */
gboolean wh_requests_finish(WhLink *link, GAsyncResult *result, GError **error);

/* add_account, add_host: the new id, for g_free(). */
char *wh_requests_finish_id(WhLink *link, GAsyncResult *result, GError **error);

/* test: the class of the provider's answer ("CHANGED", "AUTH", ...), for g_free(), and *sentence
 * for people. */
char *wh_requests_finish_test(WhLink *link, GAsyncResult *result, char **sentence, GError **error);

/* history, list_providers: the array of the answer; json_decref() it. */
json_t *wh_requests_finish_array(WhLink *link, GAsyncResult *result, GError **error);

/* The form field or member that a WH_CLIENT_ERROR_REFUSED is about, valid as long as the error, or
 * NULL. */
const char *wh_requests_invalid_field(const GError *error);

G_END_DECLS
