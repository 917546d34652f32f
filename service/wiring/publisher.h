/* Sends the record keeper's updates through the providers, with the account's secrets. */
#pragma once

#include "service/accounts/accounts.h"

G_BEGIN_DECLS

/* `providers` must outlive it. Free with wh_publisher_free() once the keeper is gone. */
WhPublisher *wh_publisher_new(WhProviders *providers);
void wh_publisher_free(WhPublisher *publisher);

/* Where the secrets come from; set before the first update is published. */
void wh_publisher_set_accounts(WhPublisher *publisher, WhAccounts *accounts);

G_END_DECLS
