/* What a file of the administrator is to become, checked. Private to this room. */
#pragma once

#include "service/accounts/accounts_private.h"

G_BEGIN_DECLS

/* secrets: name to WhSecret. hosts: WhHost. */
typedef struct {
    WhAccount *account;
    GHashTable *secrets;
    GPtrArray *hosts;
} WhCandidate;

/* FALSE: `problems` got why. names: host name to the path of the file that declares it already:
 * such a host is a problem too, and only that one is left out. The caller clears the candidate in
 * any case. */
gboolean wh_candidate_check(WhCandidate *candidate, WhAccounts *accounts,
                            const WhDeclaration *declaration, GHashTable *names,
                            GPtrArray *problems);
void wh_candidate_clear(WhCandidate *candidate);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WhCandidate, wh_candidate_clear)

G_END_DECLS
