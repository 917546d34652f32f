/* What a server's answer to an RFC 2136 update means. Private to this room. */
#pragma once

#include "service/base/result.h"
#include "service/net/dns_update.h"

G_BEGIN_DECLS

/* Whether this answer may end the wait: signed as it must be, or one that says what is wrong with
 * the key (servers cannot sign those, RFC 8945 section 5.2). Anything else that is not signed with
 * the key, a refusal too, may come from somebody in between: a network that answers all questions
 * itself must not halt the account. */
gboolean wh_rfc2136_answer_is_final(const WhDnsUpdateAnswer *answer, gboolean with_key);

/* *detail is a sentence, freed by the caller. now: wall time in microseconds. */
WhResultClass wh_rfc2136_answer_judge(const WhDnsUpdateAnswer *answer, gboolean with_key,
                                      const char *zone, gint64 now, char **detail);

G_END_DECLS
