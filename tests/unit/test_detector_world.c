#include "tests/unit/test_detector_world.h"

#include <string.h>

typedef struct {
    guint64 handle;
    const WhOutsideOperator *operator_;
    WhOutsideDone done;
    gpointer data;
    gboolean cancelled;
} Question;

struct DetectorWorld {
    WhInterfaceReader reader;
    WhOutsideAsker asker;
    WhFakeClock *clock;
    WhDetector *detector;
    char *inside[WH_N_FAMILIES];
    GPtrArray *questions;
    guint64 last_handle;
    guint asked;
    char vpn[WH_TUNNEL_NAME_SIZE];
    WhVpnChoice choice;
    guint uplink;
    guint interface;
    gboolean cancel_at_once;
    GString *changes;
    void (*on_change)(DetectorWorld *world);
};

static void read_inside(WhInterfaceReader *reader, WhFamily family, WhInside *inside)
{
    DetectorWorld *world =
        (DetectorWorld *)(gpointer)((char *)reader - G_STRUCT_OFFSET(DetectorWorld, reader));
    g_strlcpy(inside->vpn, world->vpn, sizeof inside->vpn);
    inside->choice = world->choice;
    inside->uplink = world->uplink;
    inside->way.interface = world->interface;
    inside->has_route = world->inside[family] != NULL;
    if (!inside->has_route)
        return;
    g_auto(GStrv) words = g_strsplit(world->inside[family], " ", -1);
    for (guint i = 0; words[i] != NULL; i++) {
        WhRouteAddress address = {.preferred = g_str_has_suffix(words[i], "*"),
                                  .preferred_until = G_MAXINT64};
        g_strdelimit(words[i], "*", '\0');
        if (wh_address_parse(words[i], &address.address))
            g_array_append_val(inside->addresses, address);
    }
}

static DetectorWorld *world_of(WhOutsideAsker *asker)
{
    return (DetectorWorld *)(gpointer)((char *)asker - G_STRUCT_OFFSET(DetectorWorld, asker));
}

static guint64 ask(WhOutsideAsker *asker, const WhOutsideOperator *operator_, WhFamily family,
                   guint uplink, WhOutsideDone done, gpointer data)
{
    DetectorWorld *world = world_of(asker);
    g_assert_cmpint(family, ==, WH_FAMILY_IPV4);
    g_assert_cmpuint(uplink, ==, world->uplink);
    Question *question = g_new0(Question, 1);
    question->handle = ++world->last_handle;
    question->operator_ = operator_;
    question->done = done;
    question->data = data;
    g_ptr_array_add(world->questions, question);
    world->asked++;
    return question->handle;
}

static void finish(DetectorWorld *world, Question *question, const char *address)
{
    WhAddress parsed = {.family = WH_FAMILY_IPV4};
    gboolean ok = address != NULL && wh_address_parse(address, &parsed);
    WhOutsideDone done = question->done;
    gpointer data = question->data;
    g_ptr_array_remove(world->questions, question);
    done(ok, ok ? &parsed : NULL, ok ? NULL : "no answer", data);
}

static void cancel(WhOutsideAsker *asker, guint64 handle)
{
    DetectorWorld *world = world_of(asker);
    for (guint i = 0; i < world->questions->len; i++) {
        Question *question = world->questions->pdata[i];
        if (question->handle != handle)
            continue;
        g_assert_false(question->cancelled);
        question->cancelled = TRUE;
        if (world->cancel_at_once)
            finish(world, question, NULL);
        return;
    }
    g_assert_not_reached();
}

static char *describe(const WhVerdict *verdict)
{
    char text[WH_ADDRESS_STRLEN];
    const char *reason = wh_verdict_reason_name(verdict->reason);
    if (!verdict->known)
        return g_strdup(reason);
    return g_strconcat(reason, " ", wh_address_format(&verdict->address, text), NULL);
}

static void note_change(const WhVerdict *verdict, gpointer data)
{
    DetectorWorld *world = data;
    g_autofree char *text = describe(verdict);
    g_string_append_printf(world->changes, "%s%s%s", world->changes->len > 0 ? ", " : "",
                           verdict->family == WH_FAMILY_IPV6 ? "IPv6 " : "", text);
    if (world->on_change != NULL)
        world->on_change(world);
}

static GPtrArray *make_operators(const char *letters)
{
    GPtrArray *operators = g_ptr_array_new_with_free_func((GDestroyNotify)wh_outside_operator_free);
    for (const char *p = letters; *p != '\0'; p++) {
        char id[2] = {*p, '\0'};
        char organisation[2] = {g_ascii_toupper(*p), '\0'};
        WhOutsideOperator *operator_ = wh_outside_operator_new(id, organisation);
        gboolean by_dns = *p >= 'w';
        operator_->dns_name = by_dns ? g_strdup("whoami.example") : NULL;
        for (guint i = 0; i < WH_N_FAMILIES; i++) {
            operator_->has_dns_server[i] = by_dns;
            operator_->url[i] = by_dns ? NULL : g_strdup("https://operator.example/");
        }
        g_ptr_array_add(operators, operator_);
    }
    return operators;
}

DetectorWorld *detector_world_new(const char *operators)
{
    DetectorWorld *world = g_new0(DetectorWorld, 1);
    world->reader.read = read_inside;
    world->asker.ask = ask;
    world->asker.cancel = cancel;
    world->clock = wh_fake_clock_new();
    world->questions = g_ptr_array_new_with_free_func(g_free);
    world->changes = g_string_new(NULL);
    world->cancel_at_once = TRUE;
    wh_fake_clock_set_random(world->clock, 0);
    world->detector = wh_detector_new(wh_fake_clock_clock(world->clock), &world->reader,
                                      &world->asker, make_operators(operators), note_change, world);
    wh_fake_clock_set_random(world->clock, 0.5);
    wh_detector_set_wanted(world->detector, TRUE, FALSE);
    return world;
}

void detector_world_free(DetectorWorld *world)
{
    if (world == NULL)
        return;
    wh_detector_free(world->detector);
    detector_world_flush(world);
    g_assert_cmpuint(world->questions->len, ==, 0);
    g_assert_cmpuint(wh_fake_clock_pending(world->clock), ==, 0);
    g_ptr_array_unref(world->questions);
    g_string_free(world->changes, TRUE);
    for (guint i = 0; i < WH_N_FAMILIES; i++)
        g_free(world->inside[i]);
    wh_fake_clock_free(world->clock);
    g_free(world);
}

WhFakeClock *detector_world_clock(DetectorWorld *world)
{
    return world->clock;
}

WhDetector *detector_world_detector(DetectorWorld *world)
{
    return world->detector;
}

void detector_world_set_inside(DetectorWorld *world, WhFamily family, const char *addresses)
{
    g_free(world->inside[family]);
    world->inside[family] = g_strdup(addresses);
}

void detector_world_look(DetectorWorld *world, const char *ipv4)
{
    detector_world_set_inside(world, WH_FAMILY_IPV4, ipv4);
    wh_detector_look(world->detector);
}

void detector_world_set_way(DetectorWorld *world, guint interface)
{
    world->interface = interface;
}

void detector_world_set_vpn(DetectorWorld *world, const char *vpn, WhVpnChoice choice, guint uplink)
{
    g_strlcpy(world->vpn, vpn, sizeof world->vpn);
    world->choice = choice;
    world->uplink = uplink;
}

static WhGatewayReport read_report(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 2);
    WhGatewayReport report = {.state = WH_GATEWAY_ADDRESS, .method = "NAT-PMP"};
    if (strcmp(words[0], "none") == 0)
        report.state = WH_GATEWAY_NONE;
    else if (strcmp(words[0], "asking") == 0)
        report.state = WH_GATEWAY_ASKING;
    else if (strcmp(words[0], "silent") == 0)
        report.state = WH_GATEWAY_SILENT;
    else if (strcmp(words[0], "no_address") == 0)
        report.state = WH_GATEWAY_NO_ADDRESS;
    else
        g_assert_true(wh_address_parse(words[0], &report.address));
    report.watched = words[1] != NULL && strcmp(words[1], "watched") == 0;
    return report;
}

void detector_world_set_router(DetectorWorld *world, const char *says)
{
    WhGatewayReport report = read_report(says);
    report.at = wh_clock_monotonic(wh_fake_clock_clock(world->clock));
    wh_detector_set_gateway(world->detector, &report);
}

void detector_world_check_open(DetectorWorld *world, const char *letters)
{
    g_autoptr(GString) open = g_string_new(NULL);
    for (guint i = 0; i < world->questions->len; i++) {
        const Question *question = world->questions->pdata[i];
        if (!question->cancelled)
            g_string_append(open, question->operator_->id);
    }
    g_assert_cmpstr(open->str, ==, letters);
}

guint detector_world_take_asked(DetectorWorld *world)
{
    guint asked = world->asked;
    world->asked = 0;
    return asked;
}

static Question *find_question(DetectorWorld *world, char letter)
{
    for (guint i = 0; i < world->questions->len; i++) {
        Question *question = world->questions->pdata[i];
        if (!question->cancelled && question->operator_->id[0] == letter)
            return question;
    }
    g_error("operator %c is not being asked", letter);
}

void detector_world_answer(DetectorWorld *world, const char *answers)
{
    g_auto(GStrv) words = g_strsplit(answers, " ", -1);
    for (guint i = 0; words[i] != NULL; i++)
        finish(world, find_question(world, words[i][0]), words[i][1] == '=' ? words[i] + 2 : NULL);
}

void detector_world_answer_all(DetectorWorld *world, const char *address)
{
    while (world->questions->len > 0)
        finish(world, world->questions->pdata[0], address);
}

void detector_world_set_cancel_at_once(DetectorWorld *world, gboolean at_once)
{
    world->cancel_at_once = at_once;
}

void detector_world_flush(DetectorWorld *world)
{
    for (guint i = world->questions->len; i-- > 0;) {
        Question *question = world->questions->pdata[i];
        if (question->cancelled)
            finish(world, question, "11.99.99.99");
    }
}

void detector_world_check_changes(DetectorWorld *world, const char *changes)
{
    g_assert_cmpstr(world->changes->str, ==, changes);
    g_string_truncate(world->changes, 0);
}

void detector_world_check(DetectorWorld *world, WhFamily family, const char *verdict)
{
    g_autofree char *text = describe(wh_detector_verdict(world->detector, family));
    g_assert_cmpstr(text, ==, verdict);
}

void detector_world_check_evidence(DetectorWorld *world, const char *sources)
{
    const GPtrArray *observations =
        wh_detector_verdict(world->detector, WH_FAMILY_IPV4)->observations;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < observations->len; i++) {
        const WhObservation *observation = observations->pdata[i];
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", observation->source);
    }
    g_assert_cmpstr(text->str, ==, sources);
}

void detector_world_on_change(DetectorWorld *world, void (*func)(DetectorWorld *world))
{
    world->on_change = func;
}

DetectorWorld *detector_world_new_settled(const char *operators)
{
    DetectorWorld *world = detector_world_new(operators);
    detector_world_look(world, "192.168.1.2");
    detector_world_answer(world, "a=11.1.1.1 b=11.1.1.1");
    detector_world_check_changes(world, "IPv6 no_route, agreed 11.1.1.1");
    g_assert_cmpuint(detector_world_take_asked(world), ==, 2);
    return world;
}

DetectorWorld *detector_world_new_watched(const char *operators)
{
    DetectorWorld *world = detector_world_new(operators);
    detector_world_set_router(world, "11.1.1.1 watched");
    detector_world_look(world, "192.168.1.2");
    detector_world_answer_all(world, "11.1.1.1");
    detector_world_check_changes(world, "IPv6 no_route, agreed 11.1.1.1");
    wh_fake_clock_advance(world->clock, 15 * WH_MINUTE);
    detector_world_take_asked(world);
    return world;
}
