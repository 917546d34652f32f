/* Varlink messages: one JSON object and a NUL byte. Calls and replies, read and written. */
#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Limits at the door. Depth and values are counted before anything is parsed. */
#define WH_MESSAGE_MAX_BYTES ((gsize)256 * 1024)
#define WH_MESSAGE_MAX_DEPTH 32
#define WH_MESSAGE_MAX_VALUES 16384

/* An answer may be longer than a call: it can hold every name there is. */
#define WH_MESSAGE_MAX_REPLY_BYTES ((gsize)16 * 1024 * 1024)

#define WH_MESSAGE_ERROR (wh_message_error_quark())
GQuark wh_message_error_quark(void);

typedef enum {
    WH_MESSAGE_ERROR_MALFORMED, /* not one JSON object, not UTF-8, duplicate member names */
    WH_MESSAGE_ERROR_TOO_LARGE,
    WH_MESSAGE_ERROR_TOO_DEEP,
    WH_MESSAGE_ERROR_NOT_A_CALL, /* JSON, but not a varlink call or reply */
} WhMessageErrorCode;

/* One JSON object from `length` bytes without the NUL. The caller json_decref()s it. No error
 * quotes what it was given, as that may be a secret. */
json_t *wh_message_parse(const char *bytes, gsize length, GError **error);

/* A call taken apart. method is "interface.Method"; parameters is never NULL (an empty object when
 * absent, or folded). */
typedef struct {
    char *method;
    json_t *parameters;
    GBytes *folded;
    gboolean oneway;
    gboolean more;
    gboolean upgrade;
} WhCall;

/* With WH_MESSAGE_ERROR_NOT_A_CALL the message starts with the member's name and ": ". */
WhCall *wh_call_parse(const char *bytes, gsize length, GError **error);
void wh_call_free(WhCall *call);

/* Keeps the parameters as text while nobody needs them: taken apart, they may take a hundred times
 * the memory. Unfolding what is not folded does nothing. */
void wh_call_fold(WhCall *call);
void wh_call_unfold(WhCall *call);

/* A reply taken apart. error_name NULL: success. */
typedef struct {
    char *error_name;
    json_t *parameters;
    gboolean continues;
} WhReply;

WhReply *wh_reply_parse(const char *bytes, gsize length, GError **error);
void wh_reply_free(WhReply *reply);

/* Bytes ready to send, with the final NUL. `parameters` may be NULL and is not taken over. The
 * bytes may hold a secret (calls): they are wiped when the GBytes goes. */
GBytes *wh_call_build(const char *method, json_t *parameters, gboolean more, gboolean oneway);
GBytes *wh_reply_build(json_t *parameters, gboolean continues);
GBytes *wh_error_build(const char *error_name, json_t *parameters);

/* Gives jansson an allocator that wipes. Called once at the start of a program, before any other
 * use. */
void wh_message_use_wiping_allocator(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhCall, wh_call_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhReply, wh_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

G_END_DECLS
