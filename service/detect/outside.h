/* The list of outside operators: who they are and how they are asked. Data; the list is
 * configuration. */
#pragma once

#include "service/base/address.h"

G_BEGIN_DECLS

/* url[family] NULL: the operator cannot be asked over that family. line NULL: the whole body is the
 * address; otherwise the address is the value of the line "LINE=value" (Cloudflare's trace: "ip").
 */
typedef struct {
    char *id;
    char *organisation;
    char *url[WH_N_FAMILIES];
    char *line;
} WhOutsideOperator;

WhOutsideOperator *wh_outside_operator_new(const char *id, const char *organisation);
void wh_outside_operator_free(WhOutsideOperator *operator_);

/* Reads a keyfile: one group an operator, keys organisation, ipv4, ipv6, line. URLs are https. A
 * wrong entry is an error that names group and key; an empty list is one too.
 * G_IO_ERROR_INVALID_DATA. Returns an array of WhOutsideOperator for g_ptr_array_unref(). */
GPtrArray *wh_outside_parse(const char *text, gsize length, GError **error);

/* The list that is compiled in: at least seven organisations. */
GPtrArray *wh_outside_shipped(void);

/* Finds the one address in an operator's answer (at most 4 KiB are looked at). FALSE when it is not
 * exactly that: HTML, two addresses, another family, nothing. */
gboolean wh_outside_read_answer(const WhOutsideOperator *operator_, WhFamily family,
                                const char *body, gsize length, WhAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhOutsideOperator, wh_outside_operator_free)

G_END_DECLS
