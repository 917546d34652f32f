#include "service/base/event_line.h"

#include <string.h>

/* Why something is waiting, halted or refused. */
static const char *const results[] = {
    [WH_RESULT_CHANGED] = "the provider says again and again that nothing changed",
    [WH_RESULT_SAME] = "the provider says again and again that nothing changed",
    [WH_RESULT_AUTH] = "the provider refuses the login, password or token",
    [WH_RESULT_HOST] = "the provider does not know this name, or it is not of this account",
    [WH_RESULT_PAID] = "the account at the provider does not include this",
    [WH_RESULT_AGENT] = "the provider refuses this program",
    [WH_RESULT_ABUSE] = "the provider has blocked this name",
    [WH_RESULT_BADREQ] = "the provider does not take the request: a setting is wrong",
    [WH_RESULT_BADIP] = "the provider refuses this address",
    [WH_RESULT_RATE] = "the provider was asked too often",
    [WH_RESULT_SERVER] = "there is trouble at the provider",
    [WH_RESULT_FAIL] = "the provider's answer was not understood",
    [WH_RESULT_NO_ANSWER] = "the provider was not reached",
    [WH_RESULT_CLOCK] = "this computer's clock is wrong",
};

G_STATIC_ASSERT(G_N_ELEMENTS(results) == WH_N_RESULT_CLASSES);

/* Words of verdicts, of proofs that are not possible, and what they mean. */
static const struct {
    const char *word;
    const char *meaning;
} reasons[] = {
    {"direct", "an address of this computer"},
    {"agreed", "independent sources agree"},
    {"no_route", "there is no connection"},
    {"no_address", "there is a connection, but no address that can be published"},
    {"asking", "sources on the internet are being asked"},
    {"silent", "no source on the internet answers"},
    {"one_witness", "only one source on the internet answers, and two must agree"},
    {"disagreed", "sources contradict each other"},
    {"special", "it is one that nobody outside can reach"},
    {"vpn", "everything goes through a VPN, and nobody has said what to publish then"},
    {"no_zone", "the zone of the name was not found"},
    {"no_answer", "none of the zone's servers answers"},
    {"intercepted", "something in between answers in place of the zone's servers"},
    {"aliased", "the name is an alias of another one"},
    {"proxied", "the provider answers with addresses of its own"},
};

static const char *meaning_of(const char *word)
{
    for (guint i = 0; word != NULL && i < G_N_ELEMENTS(reasons); i++)
        if (strcmp(reasons[i].word, word) == 0)
            return reasons[i].meaning;
    return word != NULL ? word : "nobody knows why";
}

static WhLogKind kind_of_answer(const WhEvent *event)
{
    if (wh_result_class_is_success(event->result))
        return WH_LOG_CONFIRMED;
    return event->result == WH_RESULT_BADIP ? WH_LOG_ADDRESS_REFUSED : WH_LOG_ANSWERED;
}

static WhLogKind kind_of(const WhEvent *event)
{
    static const WhLogKind kinds[] = {
        [WH_EVENT_ADDRESS] = WH_LOG_ADDRESS,   [WH_EVENT_SENT] = WH_LOG_SENT,
        [WH_EVENT_ANSWERED] = WH_LOG_ANSWERED, [WH_EVENT_HELD] = WH_LOG_HELD,
        [WH_EVENT_WAITING] = WH_LOG_WAITING,   [WH_EVENT_HALTED] = WH_LOG_HALTED,
        [WH_EVENT_RESUMED] = WH_LOG_RESUMED,   [WH_EVENT_PROVEN] = WH_LOG_PROVEN,
        [WH_EVENT_DIFFERS] = WH_LOG_DIFFERS,   [WH_EVENT_UNPROVABLE] = WH_LOG_UNPROVABLE,
        [WH_EVENT_HEALED] = WH_LOG_HEALED,     [WH_EVENT_PAUSED] = WH_LOG_PAUSED,
        [WH_EVENT_UNPAUSED] = WH_LOG_UNPAUSED, [WH_EVENT_STARTED] = WH_LOG_STARTED,
    };

    G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == WH_N_EVENT_KINDS);
    if (event->kind == WH_EVENT_ANSWERED)
        return kind_of_answer(event);
    if (event->kind == WH_EVENT_ADDRESS && !event->has_address)
        return WH_LOG_NO_ADDRESS;
    return kinds[event->kind];
}

static char *format_time(gint64 at, const char *format, gboolean local)
{
    g_autoptr(GDateTime) time = local ? g_date_time_new_from_unix_local(at / G_USEC_PER_SEC)
                                      : g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);

    return time != NULL ? g_date_time_format(time, format) : NULL;
}

static void set_fields(WhLine *line, const WhEvent *event, const WhEventContext *context)
{
    char text[WH_ADDRESS_STRLEN];
    g_autofree char *until = NULL;

    wh_line_set(line, WH_LOG_FIELD_HOST, event->host);
    wh_line_set(line, WH_LOG_FIELD_NAME, event->host_name);
    if (event->has_family)
        wh_line_set(line, WH_LOG_FIELD_FAMILY, event->family == WH_FAMILY_IPV4 ? "ipv4" : "ipv6");
    if (event->has_address)
        wh_line_set(line, WH_LOG_FIELD_ADDRESS, wh_address_format(&event->address, text));
    wh_line_set(line, WH_LOG_FIELD_ACCOUNT, context->account);
    if (event->has_result)
        wh_line_set(line, WH_LOG_FIELD_RESULT, wh_result_class_name(event->result));
    wh_line_set(line, event->kind == WH_EVENT_ADDRESS ? WH_LOG_FIELD_REASON : WH_LOG_FIELD_DETAIL,
                event->detail);
    wh_line_set(line, WH_LOG_FIELD_SCOPE, context->scope);
    if (context->until != 0)
        until = format_time(context->until, "%Y-%m-%dT%H:%M:%SZ", FALSE);
    wh_line_set(line, WH_LOG_FIELD_UNTIL, until);
}

static void say_address(WhLine *line, const WhEvent *event)
{
    const char *family = event->has_family ? wh_family_name(event->family) : "";

    if (event->has_address)
        wh_line_say(line, "The public %s address is %s", family,
                    wh_line_field(line, WH_LOG_FIELD_ADDRESS));
    else
        wh_line_say(line, "The public %s address is not known", family);
    if (event->detail != NULL)
        wh_line_say(line, ": %s", meaning_of(event->detail));
}

/* A time of another day is said with it. */
static void say_until(WhLine *line, gint64 until, gint64 now)
{
    gboolean far = until - now > 12 * (gint64)3600 * G_USEC_PER_SEC;
    g_autofree char *time =
        until == 0 ? NULL : format_time(until, far ? "%Y-%m-%d %H:%M" : "%H:%M:%S", TRUE);

    if (time != NULL)
        wh_line_say(line, ". It is tried again %s %s", far ? "on" : "at", time);
    else
        wh_line_say(line, ". It is tried again later");
}

/* Without the full stop, which comes with what follows. */
static gsize length_of_sentence(const char *text)
{
    gsize length = strlen(text);

    return length > 0 && text[length - 1] == '.' ? length - 1 : length;
}

static void say_result(WhLine *line, const WhEvent *event)
{
    if (!event->has_result)
        return;
    wh_line_say(line, "%s (%s)", results[event->result], wh_result_class_name(event->result));
    if (event->detail != NULL && *event->detail != '\0')
        wh_line_say(line, ": %.*s", (int)length_of_sentence(event->detail), event->detail);
}

static void say_halt(WhLine *line, const WhEvent *event, const WhEventContext *context)
{
    say_result(line, event);
    if (g_strcmp0(context->scope, "account") == 0)
        wh_line_say(line, ". Nothing more is sent for any name of account %s",
                    context->account != NULL ? context->account : "");
    else if (g_strcmp0(context->scope, "provider") == 0)
        wh_line_say(line, ". Nothing more is sent to this provider");
    else
        wh_line_say(line, ". Nothing more is sent for this name");
    wh_line_say(line, " until it is mended, or with: wayhomectl resume");
}

static const char *whom(const WhEvent *event)
{
    return event->host_name != NULL ? event->host_name : "The service";
}

static void say_record(WhLine *line, const WhEvent *event, const WhEventContext *context,
                       gint64 now)
{
    const char *address = wh_line_field(line, WH_LOG_FIELD_ADDRESS);

    if (address == NULL)
        address = "its address";
    wh_line_say(line, "%s: ", whom(event));
    switch (wh_line_kind(line)) {
    case WH_LOG_SENT:
        wh_line_say(line, "%s was sent to the provider", address);
        break;
    case WH_LOG_CONFIRMED:
        wh_line_say(line, "the provider %s %s",
                    event->result == WH_RESULT_CHANGED ? "holds" : "held already", address);
        break;
    case WH_LOG_PROVEN:
        wh_line_say(line, "proven, the zone's own servers hold %s", address);
        break;
    case WH_LOG_DIFFERS:
        wh_line_say(line, "the zone's own servers do not all hold %s", address);
        break;
    case WH_LOG_UNPROVABLE:
        wh_line_say(line, "%s cannot be proven from here: %s", address, meaning_of(event->detail));
        break;
    case WH_LOG_HEALED:
        wh_line_say(line, "somebody else changed the record; %s is sent again", address);
        break;
    case WH_LOG_HELD:
        wh_line_say(line, "%s waits a little, because the address changes often", address);
        break;
    case WH_LOG_WAITING:
        say_result(line, event);
        say_until(line, context->until, now);
        break;
    case WH_LOG_HALTED:
        say_halt(line, event, context);
        break;
    default:
        say_result(line, event);
        break;
    }
    if ((event->kind == WH_EVENT_PROVEN || event->kind == WH_EVENT_DIFFERS) &&
        event->detail != NULL)
        wh_line_say(line, " (%s)", event->detail);
}

static void say_resumed(WhLine *line, const WhEvent *event)
{
    if (event->host_name != NULL)
        wh_line_say(line, "%s goes on, because a person said so", event->host_name);
    else
        wh_line_say(line, "All names of an account go on, because a person said so");
}

/* Of a family that no name needs, and while the answer is on its way, an unknown address is no
 * news. */
static gboolean is_quiet(const WhEvent *event, const WhEventContext *context)
{
    return event->kind == WH_EVENT_ADDRESS && !event->has_address &&
           (!context->wanted || g_strcmp0(event->detail, "asking") == 0);
}

WhLine *wh_event_line(const WhEvent *event, const WhEventContext *context, gint64 now)
{
    WhLine *line = wh_line_new(kind_of(event));

    set_fields(line, event, context);
    if (is_quiet(event, context))
        wh_line_make_quiet(line);
    switch (event->kind) {
    case WH_EVENT_ADDRESS:
        say_address(line, event);
        break;
    case WH_EVENT_RESUMED:
        say_resumed(line, event);
        break;
    case WH_EVENT_PAUSED:
        wh_line_say(line, "Paused: nothing is sent until a person lets it go on");
        break;
    case WH_EVENT_UNPAUSED:
        wh_line_say(line, "The pause is over");
        break;
    case WH_EVENT_STARTED:
        wh_line_say(line, "Started");
        break;
    default:
        say_record(line, event, context, now);
        break;
    }
    return line;
}
