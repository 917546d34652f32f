/* Reads a provider's answer: what came of each host of a request. Private to this room. */
#pragma once

#include "service/net/http.h"
#include "service/providers/answer_rules.h"

G_BEGIN_DECLS

/* One WhOutcome a host, in the order of the request. The details hold the server's own words, NOT
 * yet redacted: hand them to wh_errand_set() and nowhere else. What no rule knows has failed,
 * whatever the status. Success needs a 2xx status. */
GPtrArray *wh_answers_judge(const WhAnswerRules *rules, const WhHttpResponse *response,
                            gsize n_hosts);

G_END_DECLS
