#include "service/wiring/publisher.h"

typedef struct {
    WhPublisher publisher;
    WhProviders *providers;
    WhAccounts *accounts;
} Publisher;

static guint64 publish(WhPublisher *publisher, const WhUpdate *update, WhUpdateDone done,
                       gpointer data)
{
    Publisher *self = (Publisher *)publisher;
    g_autoptr(GHashTable) secrets = wh_accounts_secrets(self->accounts, update->account);

    return wh_providers_update(self->providers, update, secrets, done, data);
}

static void cancel(WhPublisher *publisher, guint64 handle)
{
    wh_providers_cancel(((Publisher *)publisher)->providers, handle);
}

WhPublisher *wh_publisher_new(WhProviders *providers)
{
    Publisher *self = g_new0(Publisher, 1);

    self->publisher.publish = publish;
    self->publisher.cancel = cancel;
    self->providers = providers;
    return &self->publisher;
}

void wh_publisher_free(WhPublisher *publisher)
{
    g_free(publisher);
}

void wh_publisher_set_accounts(WhPublisher *publisher, WhAccounts *accounts)
{
    ((Publisher *)publisher)->accounts = accounts;
}
