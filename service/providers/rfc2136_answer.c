#include "service/providers/rfc2136_answer.h"

#include "service/base/clock.h"

/* RFC 8945 section 3, numbers by IANA. */
#define TSIG_BADSIG 16
#define TSIG_BADKEY 17
#define TSIG_BADTIME 18

gboolean wh_rfc2136_answer_is_final(const WhDnsUpdateAnswer *answer, gboolean with_key)
{
    if (!with_key || answer->tsig == WH_TSIG_GOOD)
        return TRUE;
    return answer->rcode == WH_DNS_NOTAUTH && answer->tsig_error != 0;
}

static char *format_time(gint64 wall)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(wall / WH_SECOND);
    return time != NULL ? g_date_time_format(time, "%Y-%m-%d %H:%M:%S UTC")
                        : g_strdup("an impossible time");
}

static char *compare_clocks(gint64 now, gint64 server_time)
{
    g_autofree char *ours = format_time(now);
    if (server_time == 0)
        return g_strdup_printf("The clocks of this computer and of the server disagree; this one "
                               "says %s.",
                               ours);
    g_autofree char *theirs = format_time(server_time);
    return g_strdup_printf("The clocks disagree: this computer says %s, the server says %s.", ours,
                           theirs);
}

static char *describe_unsigned(WhTsigStatus status)
{
    switch (status) {
    case WH_TSIG_MISSING:
        return g_strdup("The answer is not signed with our key: it is not signed at all.");
    case WH_TSIG_WRONG_KEY:
        return g_strdup("The answer is not signed with our key, but with another one.");
    case WH_TSIG_WRONG_TIME:
        return g_strdup("The answer is signed with our key, but at a time that is not now.");
    case WH_TSIG_WRONG_MAC:
    case WH_TSIG_GOOD:
    case WH_TSIG_UNUSED:
        break;
    }
    return g_strdup("The answer is not signed with our key: its signature is wrong.");
}

static WhResultClass judge_not_auth(const WhDnsUpdateAnswer *answer, const char *zone, gint64 now,
                                    char **detail)
{
    switch (answer->tsig_error) {
    case 0:
        *detail = g_strdup_printf("The server is not responsible for the zone %s (NOTAUTH).", zone);
        return WH_RESULT_HOST;
    case TSIG_BADKEY:
        *detail = g_strdup("The server does not know a key of this name and algorithm (BADKEY).");
        return WH_RESULT_AUTH;
    case TSIG_BADSIG:
        *detail = g_strdup("The secret is not the one that the server has for this key (BADSIG).");
        return WH_RESULT_AUTH;
    case TSIG_BADTIME:
        *detail = compare_clocks(now, answer->server_time);
        return WH_RESULT_CLOCK;
    default:
        *detail = g_strdup_printf("The server does not take this key's signature (TSIG error %u).",
                                  answer->tsig_error);
        return WH_RESULT_AUTH;
    }
}

static WhResultClass judge_refused(gboolean with_key, char **detail)
{
    *detail = g_strdup(with_key ? "The server does not let this key change the name (REFUSED)."
                                : "The server does not let this computer change the name without "
                                  "a key (REFUSED).");
    return WH_RESULT_AUTH;
}

WhResultClass wh_rfc2136_answer_judge(const WhDnsUpdateAnswer *answer, gboolean with_key,
                                      const char *zone, gint64 now, char **detail)
{
    const char *name = wh_dns_rcode_name(answer->rcode);
    if (!wh_rfc2136_answer_is_final(answer, with_key)) {
        g_autofree char *sentence = describe_unsigned(answer->tsig);
        *detail = g_strdup_printf("%s It says %s.", sentence, name);
        return WH_RESULT_FAIL;
    }
    switch (answer->rcode) {
    case WH_DNS_NOERROR:
        *detail = g_strdup(name);
        return WH_RESULT_CHANGED;
    case WH_DNS_REFUSED:
        return judge_refused(with_key, detail);
    case WH_DNS_NOTAUTH:
        return judge_not_auth(answer, zone, now, detail);
    case WH_DNS_NOTZONE:
        *detail = g_strdup_printf("The name does not belong to the zone %s (NOTZONE).", zone);
        return WH_RESULT_HOST;
    case WH_DNS_SERVFAIL:
        *detail = g_strdup("The server has trouble of its own (SERVFAIL).");
        return WH_RESULT_SERVER;
    case WH_DNS_FORMERR:
    case WH_DNS_NOTIMP:
        *detail = g_strdup_printf("The server does not understand updates (%s).", name);
        return WH_RESULT_BADREQ;
    default:
        *detail = g_strdup_printf("The server did not carry out the update (%s).", name);
        return WH_RESULT_FAIL;
    }
}
