/* Asks outside operators for the detector, over HTTPS and DNS. */
#pragma once

#include "service/detect/detector.h"
#include "service/net/dns_client.h"
#include "service/net/dns_message.h"
#include "service/net/http.h"

G_BEGIN_DECLS

/* Both must outlive the asker; requests under way end with them. Free with wh_outside_asker_free()
 * once the detector is gone. */
WhOutsideAsker *wh_outside_asker_new(WhHttp *http, WhDnsClient *dns);
void wh_outside_asker_free(WhOutsideAsker *asker);

/* The question that an operator which is asked over DNS gets over `family`. NULL: its name is none.
 */
GBytes *wh_outside_dns_question(const WhOutsideOperator *operator_, WhFamily family);

/* Finds the one address in its answer. FALSE when the answer is anything else: an error, cut,
 * another name, several records, text that is not just an address of that family. */
gboolean wh_outside_dns_read(const WhOutsideOperator *operator_, WhFamily family,
                             const WhDnsAnswer *answer, WhAddress *address);

/* The operators: `folder`/outside.conf where it exists and is right, else the list that is shipped.
 * *problem (caller frees) says what is wrong with the file, else it is NULL. */
GPtrArray *wh_outside_operators(const char *folder, char **problem);

G_END_DECLS
