/* Asks addresses as the service does, trusting the authorities in one file only. */
#include "service/base/clock.h"
#include "tests/unit/test_http_client.h"

#include <stdio.h>

static void ask(WhHttp *http, const char *url)
{
    g_auto(WhHttpRequest) request = test_request(url);
    g_auto(TestOutcome) outcome = {0};

    request.allow_plain = FALSE;
    test_exchange(http, &request, &outcome);
    if (outcome.error == NULL)
        printf("%s answers %u\n", url, outcome.status);
    else if (g_error_matches(outcome.error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS))
        printf("%s is not trusted\n", url);
    else
        printf("%s fails: %s\n", url, outcome.error->message);
    fflush(stdout);
}

/* FILE URL... */
int main(int argc, char **argv)
{
    g_autoptr(WhHttp) http = wh_http_new(wh_clock_system(), argv[1], "Windows");

    for (int i = 2; i < argc; i++)
        ask(http, argv[i]);
    return 0;
}
