#include "service/providers/answers.h"

#include "service/base/clock.h"

#include <string.h>

#define MAX_WAIT (7 * WH_DAY)

/* Regular expressions look no further than this. */
#define MAX_REGEX_SUBJECT ((gsize)4096)

static gboolean is_first_word(const char *line, const char *word)
{
    gsize length = strcspn(line, " \t\r\n,;");
    return length == strlen(word) && strncmp(line, word, length) == 0;
}

static gboolean contains(const char *text, const char *part)
{
    g_autofree char *low_text = g_ascii_strdown(text, -1);
    g_autofree char *low_part = g_ascii_strdown(part, -1);
    return strstr(low_text, low_part) != NULL;
}

/* Named groups "wait" and "unit" (h, m, s) of a matched rule say how long to wait. */
static gint64 read_wait(const GMatchInfo *match)
{
    g_autofree char *wait = g_match_info_fetch_named(match, "wait");
    g_autofree char *unit = g_match_info_fetch_named(match, "unit");
    guint64 number = 0;
    if (wait == NULL ||
        !g_ascii_string_to_unsigned(wait, 10, 0, MAX_WAIT / WH_SECOND, &number, NULL))
        return 0;
    gint64 scale = g_strcmp0(unit, "h") == 0   ? WH_HOUR
                   : g_strcmp0(unit, "m") == 0 ? WH_MINUTE
                                               : WH_SECOND;
    return MIN((gint64)number * scale, MAX_WAIT);
}

static gboolean matches_regex(const WhAnswerRule *rule, const char *text, gint64 *wait)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *subject =
        g_utf8_make_valid(text, (gssize)MIN(strlen(text), MAX_REGEX_SUBJECT));
    if (!g_regex_match(rule->regex, subject, G_REGEX_MATCH_DEFAULT, &match))
        return FALSE;
    *wait = read_wait(match);
    return TRUE;
}

/* `text`: trimmed. */
static gboolean matches(const WhAnswerRule *rule, const char *text, guint status, gint64 *wait)
{
    switch (rule->kind) {
    case WH_ANSWER_TOKEN:
        return is_first_word(text, rule->value);
    case WH_ANSWER_EQ:
        return strcmp(text, rule->value) == 0;
    case WH_ANSWER_HAS:
        return contains(text, rule->value);
    case WH_ANSWER_REGEX:
        return matches_regex(rule, text, wait);
    case WH_ANSWER_HTTP:
        return status >= rule->low && status <= rule->high;
    }
    return FALSE;
}

static gboolean is_web_page(const char *text)
{
    return contains(text, "<html") || contains(text, "<!doctype") || contains(text, "<body");
}

/* What may be said of an answer's text: a web page says nothing in one line. */
static char *describe(const WhAnswerRule *rule, const char *text, guint status)
{
    gboolean quotable = *text != '\0' && !is_web_page(text);
    if (rule->says != NULL)
        return quotable ? g_strdup_printf("%s (%s)", rule->says, text) : g_strdup(rule->says);
    if (rule->kind != WH_ANSWER_HTTP && quotable)
        return g_strdup(text);
    return quotable ? g_strdup_printf("HTTP %u: %s", status, text)
                    : g_strdup_printf("HTTP %u", status);
}

static WhOutcome *unknown(const char *text, guint status)
{
    g_autofree char *detail = NULL;
    if (*text == '\0')
        detail = g_strdup_printf("The server's answer was empty (HTTP %u).", status);
    else if (is_web_page(text))
        detail = g_strdup_printf("The server answered with a web page (HTTP %u); the address in "
                                 "the settings may be wrong.",
                                 status);
    else
        detail = g_strdup_printf("The answer is not understood (HTTP %u): %s", status, text);
    return wh_outcome_new(WH_RESULT_FAIL, detail);
}

/* One line, or the whole text. */
static WhOutcome *judge_text(const WhAnswerRules *rules, const char *text, guint status)
{
    gboolean fine = status >= 200 && status <= 299;
    for (guint i = 0; i < rules->rules->len; i++) {
        const WhAnswerRule *rule = rules->rules->pdata[i];
        gint64 wait = 0;
        if ((!fine && wh_result_class_is_success(rule->result)) ||
            !matches(rule, text, status, &wait))
            continue;
        g_autofree char *detail = describe(rule, text, status);
        WhOutcome *outcome = wh_outcome_new(rule->result, detail);
        outcome->retry_after = wait;
        return outcome;
    }
    return unknown(text, status);
}

static WhOutcome *judge_redirect(const WhHttpResponse *response)
{
    g_autoptr(GUri) uri =
        response->location != NULL ? g_uri_parse(response->location, G_URI_FLAGS_NONE, NULL) : NULL;
    const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;
    g_autofree char *detail = NULL;
    if (host != NULL && *host != '\0')
        detail = g_strdup_printf("The server sends us on to %s, where the password must not follow "
                                 "(HTTP %u); the address in the settings may be old.",
                                 host, response->status);
    else
        detail = g_strdup_printf("The server sends us on to another page (HTTP %u); the address in "
                                 "the settings may be old.",
                                 response->status);
    return wh_outcome_new(WH_RESULT_FAIL, detail);
}

/* The body as valid UTF-8 without a byte order mark, trimmed. */
static char *clean_body(const WhHttpResponse *response)
{
    g_autofree char *valid = g_utf8_make_valid(response->body, (gssize)response->length);
    const char *start = g_str_has_prefix(valid, "\xEF\xBB\xBF") ? valid + 3 : valid;
    return g_strstrip(g_strdup(start));
}

static GPtrArray *split_lines(const char *body)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) raw = g_strsplit_set(body, "\r\n", -1);
    for (char **line = raw; *line != NULL; line++) {
        if (*g_strstrip(*line) != '\0')
            g_ptr_array_add(lines, g_strdup(*line));
    }
    return lines;
}

static gboolean is_for_all(WhResultClass result)
{
    switch (result) {
    case WH_RESULT_AUTH:
    case WH_RESULT_PAID:
    case WH_RESULT_AGENT:
    case WH_RESULT_BADREQ:
    case WH_RESULT_RATE:
    case WH_RESULT_SERVER:
    case WH_RESULT_CLOCK:
        return TRUE;
    default:
        return FALSE;
    }
}

/* The answer for hosts behind the last line: trouble with account or server is told once and stands
 * for all. */
static WhOutcome *judge_rest(const WhAnswerRules *rules, const WhHttpResponse *response,
                             const GPtrArray *outcomes)
{
    const WhOutcome *last = outcomes->len > 0 ? outcomes->pdata[outcomes->len - 1] : NULL;
    if (last != NULL && is_for_all(last->result))
        return wh_outcome_copy(last);
    if (last == NULL)
        return judge_text(rules, "", response->status);
    return wh_outcome_new(WH_RESULT_FAIL, "The server's answer says nothing about this name.");
}

/* A web page has lines too, but none is for a host. */
static GPtrArray *judge_lines(const WhAnswerRules *rules, const WhHttpResponse *response,
                              const char *body, gsize n_hosts)
{
    g_autoptr(GPtrArray) lines = split_lines(body);
    GPtrArray *outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outcome_free);
    for (gsize i = 0; i < n_hosts && i < lines->len; i++)
        g_ptr_array_add(outcomes, judge_text(rules, lines->pdata[i], response->status));
    while (outcomes->len < n_hosts)
        g_ptr_array_add(outcomes, judge_rest(rules, response, outcomes));
    return outcomes;
}

/* One host may be answered with a line for each address: a known trouble in any of them counts. */
static WhOutcome *judge_single(const WhAnswerRules *rules, const WhHttpResponse *response,
                               const char *body)
{
    g_autoptr(GPtrArray) lines = split_lines(body);
    g_autoptr(WhOutcome) first =
        judge_text(rules, lines->len > 0 ? lines->pdata[0] : "", response->status);
    for (guint i = 1; wh_result_class_is_success(first->result) && i < lines->len; i++) {
        g_autoptr(WhOutcome) other = judge_text(rules, lines->pdata[i], response->status);
        if (!wh_result_class_is_success(other->result) && other->result != WH_RESULT_FAIL)
            return g_steal_pointer(&other);
        if (other->result == WH_RESULT_CHANGED)
            first->result = WH_RESULT_CHANGED;
    }
    return g_steal_pointer(&first);
}

GPtrArray *wh_answers_judge(const WhAnswerRules *rules, const WhHttpResponse *response,
                            gsize n_hosts)
{
    g_autofree char *body = clean_body(response);
    GPtrArray *outcomes = NULL;
    gboolean redirect = response->status >= 300 && response->status <= 399;
    if (rules->each_line && n_hosts > 1 && !redirect && !is_web_page(body)) {
        outcomes = judge_lines(rules, response, body, n_hosts);
    } else {
        g_autoptr(WhOutcome) one = redirect ? judge_redirect(response)
                                   : rules->each_line && !is_web_page(body)
                                       ? judge_single(rules, response, body)
                                       : judge_text(rules, body, response->status);
        outcomes = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outcome_free);
        for (gsize i = 0; i < n_hosts; i++)
            g_ptr_array_add(outcomes, wh_outcome_copy(one));
    }
    for (guint i = 0; i < outcomes->len; i++) {
        WhOutcome *outcome = outcomes->pdata[i];
        outcome->retry_after = MAX(outcome->retry_after, response->retry_after);
    }
    return outcomes;
}
