#include "service/providers/answer_presets.h"

#include <string.h>

/* https://help.dyn.com/remote-access-api/return-codes/ and https://www.noip.com/integrate/response;
 * the wait rule is what old servers of this kind still send. */
static const WhAnswerPreset dyndns2[] = {
    {WH_RESULT_CHANGED, WH_ANSWER_TOKEN, "good"},
    {WH_RESULT_SAME, WH_ANSWER_TOKEN, "nochg"},
    {WH_RESULT_AUTH, WH_ANSWER_TOKEN, "badauth"},
    {WH_RESULT_PAID, WH_ANSWER_TOKEN, "!donator"},
    {WH_RESULT_HOST, WH_ANSWER_TOKEN, "notfqdn"},
    {WH_RESULT_HOST, WH_ANSWER_TOKEN, "nohost"},
    {WH_RESULT_HOST, WH_ANSWER_TOKEN, "!yours"},
    {WH_RESULT_HOST, WH_ANSWER_TOKEN, "!active"},
    {WH_RESULT_BADREQ, WH_ANSWER_TOKEN, "numhost"},
    {WH_RESULT_ABUSE, WH_ANSWER_TOKEN, "abuse"},
    {WH_RESULT_AGENT, WH_ANSWER_TOKEN, "badagent"},
    {WH_RESULT_AGENT, WH_ANSWER_TOKEN, "badsys"},
    {WH_RESULT_SERVER, WH_ANSWER_TOKEN, "dnserr"},
    {WH_RESULT_SERVER, WH_ANSWER_TOKEN, "911"},
    {WH_RESULT_RATE, WH_ANSWER_REGEX, "^w(?<wait>\\d+)(?<unit>[hms])"},
    {WH_RESULT_AUTH, WH_ANSWER_HTTP, "401"},
    {WH_RESULT_AUTH, WH_ANSWER_HTTP, "403"},
    {WH_RESULT_RATE, WH_ANSWER_HTTP, "429"},
    {WH_RESULT_SERVER, WH_ANSWER_HTTP, "5xx"},
    {WH_RESULT_FAIL, WH_ANSWER_TOKEN, NULL},
};

static const WhAnswerPreset http_rest[] = {
    {WH_RESULT_CHANGED, WH_ANSWER_HTTP, "2xx"}, {WH_RESULT_BADREQ, WH_ANSWER_HTTP, "400"},
    {WH_RESULT_AUTH, WH_ANSWER_HTTP, "401"},    {WH_RESULT_AUTH, WH_ANSWER_HTTP, "403"},
    {WH_RESULT_HOST, WH_ANSWER_HTTP, "404"},    {WH_RESULT_BADREQ, WH_ANSWER_HTTP, "409"},
    {WH_RESULT_BADREQ, WH_ANSWER_HTTP, "422"},  {WH_RESULT_RATE, WH_ANSWER_HTTP, "429"},
    {WH_RESULT_SERVER, WH_ANSWER_HTTP, "5xx"},  {WH_RESULT_FAIL, WH_ANSWER_HTTP, NULL},
};

const WhAnswerPreset *wh_answer_preset_find(const char *name)
{
    if (strcmp(name, "dyndns2") == 0)
        return dyndns2;
    if (strcmp(name, "http-rest") == 0)
        return http_rest;
    return NULL;
}
