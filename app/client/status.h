/* How things are, in five words, and what a person can do about it: the one rule for every face,
 * told from what the service said. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* In the order in which one of several wins, the last one most. */
typedef enum {
    WH_STATUS_OK,
    WH_STATUS_PAUSED,
    WH_STATUS_UPDATING,  /* not right yet; goes on by itself */
    WH_STATUS_OFFLINE,   /* no public address, no network, or no service */
    WH_STATUS_ATTENTION, /* a person has to do something */
} WhStatus;

/* What the person can do about something, for the button or the command that does it. */
typedef enum {
    WH_REMEDY_NONE,
    WH_REMEDY_RESUME,         /* end a halt or a pause */
    WH_REMEDY_GIVE_SECRET,    /* open the account's form at its secret */
    WH_REMEDY_EDIT_ACCOUNT,   /* open the account's form */
    WH_REMEDY_UNLOCK_KEYRING, /* have the service ask for the keyring's password */
    WH_REMEDY_ALLOW_FILE,     /* agree to secrets in a private file, where no keyring exists */
} WhRemedy;

/* A Record of the protocol. A state that this program does not know is WH_STATUS_UPDATING; what is
 * left alone because its host is set so (Record.why) is WH_STATUS_PAUSED. */
WhStatus wh_status_of_record(json_t *record);

/* Whether the record says something about its host: one without a public address of its kind does
 * not when the host has another record that has one (a network with IPv4 only is a usual one). */
gboolean wh_status_counts(json_t *record, json_t *host);

/* A Host: of its records that count. OK when it has none. */
WhStatus wh_status_of_host(json_t *host);

/* An Account: OK, UPDATING or ATTENTION. service: as for the sentences. */
WhStatus wh_status_of_account(json_t *account, json_t *service);

/* The Service itself: OK, PAUSED or ATTENTION. That nothing on the system seals secrets is said
 * where they are spoken of, and is no reason to look every day. */
WhStatus wh_status_of_service(json_t *service);

/* Whether a notice of the service, by its code, is one of those that need a person. */
gboolean wh_status_is_pressing(json_t *service, const char *notice);

/* Whether a service seals what it keeps, and has no keyring: that of the whole computer. */
gboolean wh_status_is_sealing(json_t *service);

/* A State: of everything in it. */
WhStatus wh_status_of_state(json_t *state);

/* What a person can do for the place where secrets are kept (Service.secrets): a keyring that
 * nobody has unlocked, or memory alone, which forgets them when the service ends. */
WhRemedy wh_remedy_of_service(json_t *service);
WhRemedy wh_remedy_of_record(json_t *record);

/* service: as for the sentences. */
WhRemedy wh_remedy_of_account(json_t *account, json_t *service);

/* The same before it is looked at who may change the account, and whether a remedy changes what is
 * written in an administrator's file instead (wh_sentence_declared_step()), after which a halt can
 * be ended. */
WhRemedy wh_remedy_of_account_itself(json_t *account, json_t *service);
gboolean wh_status_needs_file(WhRemedy remedy, json_t *account);

/* The first secret of an account that is not as it should be, borrowed, or NULL. */
json_t *wh_status_lacking_secret(json_t *account);

G_END_DECLS
