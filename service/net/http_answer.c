#include "service/net/http_answer.h"

#include <string.h>

#define MAX_HEADERS ((gsize)32 * 1024)
#define MAX_RETRY_AFTER (7 * WH_DAY)

static gsize on_body(char *bytes, gsize size, gsize count, void *data)
{
    WhHttpAnswer *answer = data;
    gsize length = size * count;
    gsize room = answer->max_body - answer->body->len;
    answer->truncated = length > room;
    g_string_append_len(answer->body, bytes, (gssize)MIN(length, room));
    /* Any other number than `length` makes curl close the connection. */
    return answer->truncated ? 0 : length;
}

static gsize on_header(char *bytes, gsize size, gsize count, void *data)
{
    WhHttpAnswer *answer = data;
    gsize length = size * count;
    answer->headers += length;
    answer->too_many_headers = answer->headers > MAX_HEADERS;
    return answer->too_many_headers ? 0 : length;
}

void wh_http_answer_init(WhHttpAnswer *answer, gsize max_body)
{
    *answer = (WhHttpAnswer){.body = g_string_new(NULL), .max_body = max_body};
}

void wh_http_answer_clear(WhHttpAnswer *answer)
{
    wh_wipe(answer->body->str, answer->body->len);
    g_string_free(g_steal_pointer(&answer->body), TRUE);
    g_clear_pointer(&answer->location, g_free);
}

void wh_http_answer_attach(WhHttpAnswer *answer, CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, answer);
}

static gint64 parse_seconds(const char *value)
{
    guint64 seconds;
    if (g_ascii_string_to_unsigned(value, 10, 0, G_MAXUINT32, &seconds, NULL))
        return (gint64)seconds * WH_SECOND;
    return MAX_RETRY_AFTER;
}

gint64 wh_http_answer_parse_retry_after(const char *value, gint64 now)
{
    g_autofree char *text = g_strstrip(g_strdup(value));
    gint64 delay = 0;
    if (*text != '\0' && strspn(text, "0123456789") == strlen(text)) {
        delay = parse_seconds(text);
    } else {
        time_t date = curl_getdate(text, NULL);
        if (date > 0 && date <= G_MAXINT64 / WH_SECOND)
            delay = (gint64)date * WH_SECOND - now;
    }
    return CLAMP(delay, 0, MAX_RETRY_AFTER);
}

static gint64 retry_after(CURL *easy, gint64 now)
{
    struct curl_header *header;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return 0;
    return wh_http_answer_parse_retry_after(header->value, now);
}

static gint64 date_of(CURL *easy)
{
    struct curl_header *header;
    time_t date = -1;
    if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &header) == CURLHE_OK)
        date = curl_getdate(header->value, NULL);
    return date > 0 && date <= G_MAXINT64 / WH_SECOND ? (gint64)date * WH_SECOND : 0;
}

/* Without query and fragment, where a server repeats what the request said. */
static char *location(CURL *easy)
{
    char *url = NULL;
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &url);
    return url == NULL ? NULL : g_strndup(url, strcspn(url, "?#"));
}

const char *wh_http_response_header(const WhHttpResponse *response, const char *name)
{
    struct curl_header *header;
    if (response->transfer == NULL ||
        curl_easy_header(response->transfer, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return NULL;
    return header->value;
}

/* Counted back from now, because curl tells times only as distances from its own start. */
static gint64 sent_at(CURL *easy, gint64 now)
{
    curl_off_t before = 0;
    curl_off_t total = 0;
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &before);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &total);
    return now - MAX(total - before, 0);
}

void wh_http_answer_read(WhHttpAnswer *answer, CURL *easy, WhClock *clock, WhHttpResponse *response)
{
    gint64 now = wh_clock_wall(clock);
    long status = 0;
    char *content_type = NULL;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &content_type);
    g_free(answer->location);
    answer->location = location(easy);
    *response = (WhHttpResponse){
        .status = (guint)status,
        .body = answer->body->str,
        .length = answer->body->len,
        .truncated = answer->truncated,
        .content_type = content_type,
        .location = answer->location,
        .retry_after = retry_after(easy, now),
        .sent = sent_at(easy, now),
        .answered = now,
        .date = date_of(easy),
        .transfer = easy,
    };
}
