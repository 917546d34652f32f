#include "service/net/http_error.h"

G_DEFINE_QUARK(wh - http - error - quark, wh_http_error)

static gboolean has_passed(CURL *easy, CURLINFO phase)
{
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, phase, &microseconds);
    return microseconds > 0;
}

static void set_timeout(GError **error, CURL *easy, const char *host)
{
    if (!has_passed(easy, CURLINFO_NAMELOOKUP_TIME_T))
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_RESOLVE,
                    "The name %s could not be looked up in time: the DNS server is silent.", host);
    else if (!has_passed(easy, CURLINFO_PRETRANSFER_TIME_T))
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_CONNECT,
                    "No connection to %s came about in time.", host);
    else
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_TIMEOUT, "%s did not answer in time.",
                    host);
}

void wh_http_error_set(GError **error, CURLcode code, CURL *easy, const char *host)
{
    switch (code) {
    case CURLE_URL_MALFORMAT:
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_INVALID,
                    "The web address for %s is malformed. Check how it is written.", host);
        return;
    case CURLE_COULDNT_RESOLVE_HOST:
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_RESOLVE,
                    "The name %s was not found in the DNS.", host);
        return;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_CONNECT,
                    "%s cannot be reached: no connection came about.", host);
        return;
    case CURLE_OPERATION_TIMEDOUT:
        set_timeout(error, easy, host);
        return;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS,
                    "%s did not prove who it is: its certificate is not valid for that name, has "
                    "expired or comes from an authority that this computer does not trust.",
                    host);
        return;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
        g_set_error(error, WH_HTTP_ERROR, WH_HTTP_ERROR_TLS,
                    "No encrypted connection to %s came about (%s).", host,
                    curl_easy_strerror(code));
        return;
    default:
        g_set_error(error, WH_HTTP_ERROR,
                    has_passed(easy, CURLINFO_PRETRANSFER_TIME_T) ? WH_HTTP_ERROR_BROKEN
                                                                  : WH_HTTP_ERROR_CONNECT,
                    "The exchange with %s broke off (%s).", host, curl_easy_strerror(code));
    }
}

gboolean wh_http_error_is_late(const GError *error)
{
    return g_error_matches(error, WH_HTTP_ERROR, WH_HTTP_ERROR_TIMEOUT) ||
           g_error_matches(error, WH_HTTP_ERROR, WH_HTTP_ERROR_BROKEN);
}
