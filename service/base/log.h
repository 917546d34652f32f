/* Lines of the log: a kind of its own each, named fields for programs, a sentence for people.
 *
 * Where the system's journal takes them, each kind is known by an id that never changes; the
 * catalogue of messages says for each what it means and what to do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    WH_LOG_STARTED,
    WH_LOG_STOPPING,
    WH_LOG_RELOADED,         /* the administrator's files were read again */
    WH_LOG_ADDRESS,          /* the public address is another */
    WH_LOG_NO_ADDRESS,       /* the public address is not known */
    WH_LOG_SENT,             /* an update left; only where every step is logged */
    WH_LOG_ANSWERED,         /* it failed as it did before; only where every step is logged */
    WH_LOG_CONFIRMED,        /* the provider holds the address */
    WH_LOG_ADDRESS_REFUSED,  /* the provider does not take this address */
    WH_LOG_PROVEN,           /* the zone's own servers hold it */
    WH_LOG_DIFFERS,          /* they hold another one */
    WH_LOG_UNPROVABLE,       /* they cannot be asked from here */
    WH_LOG_HEALED,           /* somebody else changed the record; it is set right */
    WH_LOG_HELD,             /* an address changes too often to be sent at once */
    WH_LOG_WAITING,          /* a failure that is tried again by itself */
    WH_LOG_HALTED,           /* a failure that waits for a person */
    WH_LOG_RESUMED,          /* the person let it go on */
    WH_LOG_PAUSED,           /* nothing is sent any more because a person said so */
    WH_LOG_UNPAUSED,         /* the end of that */
    WH_LOG_OWNER,            /* the service has another owner, or none */
    WH_LOG_DENIED,           /* a program asked for what it may not do */
    WH_LOG_DROPPED,          /* a program broke the rules of the control socket */
    WH_LOG_IGNORED,          /* something on the network made no sense, or came from a stranger */
    WH_LOG_STORE_TROUBLE,    /* the database */
    WH_LOG_SECRETS_TROUBLE,  /* passwords and tokens, and where they are kept */
    WH_LOG_FILES_TROUBLE,    /* files in the folder of settings */
    WH_LOG_DECLARED_TROUBLE, /* files of declared hosts */
    WH_LOG_TROUBLE,          /* anything else that is wrong with the service itself */
    WH_LOG_MENDED,           /* one of these five is over */
    WH_LOG_FINDING,          /* the doctor found something */
    WH_LOG_FINDING_OVER,     /* that is over */
    WH_LOG_LOST,             /* lines before this one that nobody took in time */
} WhLogKind;

#define WH_N_LOG_KINDS (WH_LOG_LOST + 1)

/* Names of fields. */
#define WH_LOG_FIELD_HOST "WAYHOME_HOST"           /* id */
#define WH_LOG_FIELD_NAME "WAYHOME_NAME"           /* the name that is kept */
#define WH_LOG_FIELD_FAMILY "WAYHOME_FAMILY"       /* ipv4, ipv6 */
#define WH_LOG_FIELD_ADDRESS "WAYHOME_ADDRESS"     /* as text */
#define WH_LOG_FIELD_ACCOUNT "WAYHOME_ACCOUNT"     /* id */
#define WH_LOG_FIELD_RESULT "WAYHOME_RESULT"       /* a class, such as AUTH */
#define WH_LOG_FIELD_DETAIL "WAYHOME_DETAIL"       /* words about it, without secrets */
#define WH_LOG_FIELD_SCOPE "WAYHOME_SCOPE"         /* host, account, provider; system, user */
#define WH_LOG_FIELD_UNTIL "WAYHOME_UNTIL"         /* ISO 8601, UTC */
#define WH_LOG_FIELD_REASON "WAYHOME_REASON"       /* of a verdict, such as direct */
#define WH_LOG_FIELD_PRINCIPAL "WAYHOME_PRINCIPAL" /* who asked, such as uid:1000 */
#define WH_LOG_FIELD_METHOD "WAYHOME_METHOD"       /* for what */
#define WH_LOG_FIELD_NOTICE "WAYHOME_NOTICE"       /* a notice's code, such as keyring_locked */
#define WH_LOG_FIELD_FINDING "WAYHOME_FINDING"     /* a finding's code, such as cgnat */
#define WH_LOG_FIELD_VERSION "WAYHOME_VERSION"

/* 32 lower-case hexadecimal digits. */
const char *wh_log_message_id(WhLogKind kind);

typedef struct WhLine WhLine;

/* Free with wh_line_free(), or hand over to wh_line_write(). */
WhLine *wh_line_new(WhLogKind kind);
void wh_line_free(WhLine *line);

/* `field`: one of the names above, which is kept as a pointer. A `value` that is NULL or empty is
 * left out. At most 12 fields a line. */
void wh_line_set(WhLine *line, const char *field, const char *value);

/* Adds to the sentence. Control characters become blanks. */
void wh_line_say(WhLine *line, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Only where every step is logged. */
void wh_line_make_quiet(WhLine *line);

/* What was set and said so far. */
WhLogKind wh_line_kind(const WhLine *line);
const char *wh_line_text(const WhLine *line);
GLogLevelFlags wh_line_level(const WhLine *line);

/* A field's value, or NULL. */
const char *wh_line_field(const WhLine *line, const char *field);

/* Takes the line over, writes it through GLib's structured log and frees it. */
void wh_line_write(WhLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhLine, wh_line_free)

G_END_DECLS
