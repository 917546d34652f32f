/* What a server's answer to an RFC 2136 update means. Private to this room. */
#pragma once

#include "service/base/result.h"
#include "service/net/dns_update.h"

G_BEGIN_DECLS

/* Whether this answer may end the wait: signed as it must be, or a refusal (servers cannot sign
 * those that say that the key is unknown or wrong, RFC 8945 section 5.2). A success that is not
 * signed with the key may be forged. */
gboolean wh_rfc2136_answer_is_final(const WhDnsUpdateAnswer *answer, gboolean with_key);

/* *detail is a sentence, freed by the caller. now: wall time in microseconds. */
WhResultClass wh_rfc2136_answer_judge(const WhDnsUpdateAnswer *answer, gboolean with_key,
                                      const char *zone, gint64 now, char **detail);

G_END_DECLS
