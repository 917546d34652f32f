#include "service/secrets/envelope.h"

#include "service/base/secret.h"
#include "service/secrets/resting.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A marker opens whole or not at all, and what it says can be said again. */
static void check_marker(const char *bytes, gsize size)
{
    g_autofree char *provider = NULL, *endpoint = NULL;
    if (!wh_resting_open_marker(bytes, size, "duckdns", "token", &provider, &endpoint)) {
        g_assert(provider == NULL && endpoint == NULL);
        return;
    }
    const WhVaultBinding binding = {"duckdns", provider, endpoint};
    g_autofree char *again = wh_resting_marker(&binding, "token");
    g_autofree char *same_provider = NULL, *same_endpoint = NULL;
    gsize body = 0;
    g_assert(wh_resting_kind(again, strlen(again), &body) == WH_RESTING_MARKER);
    if (again[body] == '\0') /* a long endpoint */
        return;
    g_assert(wh_resting_open_marker(again + body, strlen(again + body), "duckdns", "token",
                                    &same_provider, &same_endpoint));
    g_assert(g_strcmp0(provider, same_provider) == 0 && g_strcmp0(endpoint, same_endpoint) == 0);
}

/* Whatever rests in the store: it opens whole or not at all, and what opens can be sealed again. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = size > 0 ? (const char *)data : "";
    g_autoptr(WhSecret) secret = NULL;
    g_autofree char *provider = NULL, *endpoint = NULL;
    gint64 given = -1, same_given = -1;
    gsize body = 0;
    wh_resting_kind(bytes, size, &body);
    g_assert(body <= size);
    check_marker(bytes + body, size - body);
    WhVaultState state =
        wh_envelope_open(bytes, size, "duckdns", "token", &secret, &provider, &endpoint, &given);
    if (state != WH_VAULT_PRESENT) {
        g_assert(state == WH_VAULT_DAMAGED && secret == NULL && provider == NULL);
        return 0;
    }
    const WhVaultBinding binding = {"duckdns", provider, endpoint};
    g_autoptr(WhSecret) again = wh_envelope_seal(&binding, "token", given, secret, NULL);
    if (again == NULL) /* a long endpoint */
        return 0;
    g_autoptr(WhSecret) same = NULL;
    g_autofree char *same_provider = NULL, *same_endpoint = NULL;
    state = wh_envelope_open(wh_secret_peek(again), wh_secret_length(again), "duckdns", "token",
                             &same, &same_provider, &same_endpoint, &same_given);
    g_assert(state == WH_VAULT_PRESENT && wh_secret_equal(secret, same));
    g_assert(given >= 0 && given == same_given);
    g_assert(strcmp(provider, same_provider) == 0 && strcmp(endpoint, same_endpoint) == 0);
    return 0;
}
