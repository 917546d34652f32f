#include "service/base/event_line.h"

#include <string.h>

#define NOW ((gint64)1795742000 * G_USEC_PER_SEC) /* 2026-11-27 01:13:20 UTC */
#define HOUR ((gint64)3600 * G_USEC_PER_SEC)

static WhEvent *record_event(WhEventKind kind)
{
    WhEvent *event = wh_event_new(kind, NOW);

    event->host = g_strdup("3");
    event->host_name = g_strdup("home.example");
    event->has_family = TRUE;
    event->family = WH_FAMILY_IPV4;
    event->has_address = wh_address_parse("11.22.33.44", &event->address);
    return event;
}

static WhEvent *answer(WhEventKind kind, WhResultClass result, const char *detail)
{
    WhEvent *event = record_event(kind);

    event->has_result = TRUE;
    event->result = result;
    event->detail = g_strdup(detail);
    return event;
}

/* Takes the event over. */
static void expect(WhEvent *taken, const WhEventContext *context, WhLogKind kind, const char *text)
{
    static const WhEventContext nothing = {.wanted = TRUE};
    g_autoptr(WhEvent) event = taken;
    g_autoptr(WhLine) line = wh_event_line(event, context != NULL ? context : &nothing, NOW);

    g_assert_cmpstr(wh_line_text(line), ==, text);
    g_assert_cmpint(wh_line_kind(line), ==, kind);
}

static void test_records(void)
{
    const WhEventContext account = {.account = "duckdns", .scope = "account"};

    expect(answer(WH_EVENT_ANSWERED, WH_RESULT_CHANGED, NULL), NULL, WH_LOG_CONFIRMED,
           "home.example: the provider holds 11.22.33.44");
    expect(answer(WH_EVENT_ANSWERED, WH_RESULT_SAME, NULL), NULL, WH_LOG_CONFIRMED,
           "home.example: the provider held already 11.22.33.44");
    expect(answer(WH_EVENT_ANSWERED, WH_RESULT_BADIP, NULL), NULL, WH_LOG_ADDRESS_REFUSED,
           "home.example: the provider refuses this address (BADIP)");
    expect(
        answer(WH_EVENT_HALTED, WH_RESULT_AUTH, "badauth."), &account, WH_LOG_HALTED,
        "home.example: the provider refuses the login, password or token (AUTH): badauth. Nothing "
        "more is sent for any name of account duckdns until it is mended, or with: wayhomectl "
        "resume");
    expect(record_event(WH_EVENT_HEALED), NULL, WH_LOG_HEALED,
           "home.example: somebody else changed the record; 11.22.33.44 is sent again");
}

static void test_waiting(void)
{
    const WhEventContext soon = {.until = NOW + HOUR};
    const WhEventContext late = {.until = NOW + 24 * HOUR};

    expect(
        answer(WH_EVENT_WAITING, WH_RESULT_SERVER, NULL), &soon, WH_LOG_WAITING,
        "home.example: there is trouble at the provider (SERVER). It is tried again at 02:13:20");
    expect(answer(WH_EVENT_WAITING, WH_RESULT_SERVER, NULL), &late, WH_LOG_WAITING,
           "home.example: there is trouble at the provider (SERVER). It is tried again on "
           "2026-11-28 01:13");
    expect(answer(WH_EVENT_WAITING, WH_RESULT_NO_ANSWER, NULL), NULL, WH_LOG_WAITING,
           "home.example: the provider was not reached (NO_ANSWER). It is tried again later");
}

static WhEvent *address_event(const char *address, const char *reason)
{
    WhEvent *event = wh_event_new(WH_EVENT_ADDRESS, NOW);

    event->has_family = TRUE;
    event->has_address = address != NULL && wh_address_parse(address, &event->address);
    event->detail = g_strdup(reason);
    return event;
}

static void test_addresses(void)
{
    expect(address_event("11.22.33.44", "direct"), NULL, WH_LOG_ADDRESS,
           "The public IPv4 address is 11.22.33.44: an address of this computer");
    expect(address_event(NULL, "silent"), NULL, WH_LOG_NO_ADDRESS,
           "The public IPv4 address is not known: no source on the internet answers");
    expect(address_event(NULL, "vpn"), NULL, WH_LOG_NO_ADDRESS,
           "The public IPv4 address is not known: everything goes through a VPN, and nobody has "
           "said what to publish then");
}

static GLogLevelFlags level_of(WhEvent *taken, gboolean wanted)
{
    const WhEventContext context = {.wanted = wanted};
    g_autoptr(WhEvent) event = taken;
    g_autoptr(WhLine) line = wh_event_line(event, &context, NOW);

    return wh_line_level(line);
}

/* What is no news is only logged where every step is. */
static void test_quiet(void)
{
    g_assert_cmpint(level_of(address_event(NULL, "silent"), TRUE), ==, G_LOG_LEVEL_MESSAGE);
    g_assert_cmpint(level_of(address_event(NULL, "silent"), FALSE), ==, G_LOG_LEVEL_DEBUG);
    g_assert_cmpint(level_of(address_event(NULL, "asking"), TRUE), ==, G_LOG_LEVEL_DEBUG);
    g_assert_cmpint(level_of(record_event(WH_EVENT_SENT), TRUE), ==, G_LOG_LEVEL_DEBUG);
    g_assert_cmpint(level_of(answer(WH_EVENT_ANSWERED, WH_RESULT_SERVER, NULL), TRUE), ==,
                    G_LOG_LEVEL_DEBUG);
    g_assert_cmpint(level_of(answer(WH_EVENT_HALTED, WH_RESULT_AUTH, NULL), TRUE), ==,
                    G_LOG_LEVEL_WARNING);
}

static void test_fields(void)
{
    const WhEventContext context = {.account = "duckdns", .until = NOW};
    g_autoptr(WhEvent) event = answer(WH_EVENT_WAITING, WH_RESULT_RATE, "slow\ndown");
    g_autoptr(WhLine) line = wh_event_line(event, &context, NOW);

    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_HOST), ==, "3");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_NAME), ==, "home.example");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_FAMILY), ==, "ipv4");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_ADDRESS), ==, "11.22.33.44");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_ACCOUNT), ==, "duckdns");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_RESULT), ==, "RATE");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_DETAIL), ==, "slow down");
    g_assert_cmpstr(wh_line_field(line, WH_LOG_FIELD_UNTIL), ==, "2026-11-27T01:13:20Z");
    g_assert_null(wh_line_field(line, WH_LOG_FIELD_SCOPE));
    g_assert_null(strchr(wh_line_text(line), '\n'));
}

/* Every event makes a line, whatever it lacks. */
static void test_bare(void)
{
    const WhEventContext context = {0};

    for (WhEventKind kind = 0; kind < WH_N_EVENT_KINDS; kind++) {
        g_autoptr(WhEvent) event = wh_event_new(kind, NOW);
        g_autoptr(WhLine) line = wh_event_line(event, &context, NOW);

        g_assert_cmpuint(strlen(wh_line_text(line)), >, 5);
        g_assert_null(strstr(wh_line_text(line), "(null)"));
    }
}

int main(int argc, char **argv)
{
    g_setenv("TZ", "UTC", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/event-line/records", test_records);
    g_test_add_func("/event-line/waiting", test_waiting);
    g_test_add_func("/event-line/addresses", test_addresses);
    g_test_add_func("/event-line/quiet", test_quiet);
    g_test_add_func("/event-line/fields", test_fields);
    g_test_add_func("/event-line/bare", test_bare);
    return g_test_run();
}
