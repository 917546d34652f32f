#include "tests/unit/test_rules.h"

#include <string.h>

static const WhRulesSettings all_on;

char *rules_told(const WhRulesMessage *message)
{
    if (message == NULL)
        return g_strdup("nothing");
    return g_strdup_printf("%s|%s|%s", message->key, message->title, message->body);
}

#define CHANGED(id_, host_, family_, address_)                                                     \
    {                                                                                              \
        .id = id_, .kind = "answered", .host = host_, .name = host_ ".example", .family = family_, \
        .address = address_, .result_class = "CHANGED"                                             \
    }

static void test_what_is_a_change(void)
{
    static const struct {
        WhRulesEvent event;
        gboolean is_change;
    } table[] = {
        {CHANGED(1, "h", "IPv4", "203.0.113.9"), TRUE},
        {{.kind = "answered", .host = "h", .name = "n", .address = "a", .result_class = "SAME"},
         FALSE},
        {{.kind = "answered", .host = "h", .name = "n", .address = "a", .result_class = "AUTH"},
         FALSE},
        {{.kind = "sent", .host = "h", .name = "n", .address = "a", .result_class = "CHANGED"},
         FALSE},
        {{.kind = "answered", .host = "h", .name = "n", .address = "", .result_class = "CHANGED"},
         FALSE},
        {{.kind = "answered", .host = "", .name = "", .address = "a", .result_class = "CHANGED"},
         FALSE},
        {{.kind = "proven", .host = "h", .name = "n", .address = "a", .result_class = ""}, FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        g_assert_cmpint(wh_rules_is_change(&table[i].event), ==, table[i].is_change);
}

#define CHANGE(host_, family_, address_, before_, first_, proven_)                                 \
    {                                                                                              \
        .host = host_, .name = host_ ".example", .family = family_, .address = address_,           \
        .before = before_, .first = first_, .proven = proven_                                      \
    }

static const struct {
    WhRulesChange changes[7];
    const char *told;
    const char *copy;
    const char *copy_label;
    const char *host;
} changes_told[] = {
    {{CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, FALSE)},
     "change/a|a.example has a new address|203.0.113.9",
     "203.0.113.9",
     "Copy address",
     "a"},
    {{CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, TRUE)},
     "change/a|a.example has a new address|203.0.113.9 · proven by the zone's servers",
     "203.0.113.9",
     "Copy address",
     "a"},
    {{CHANGE("a", "IPv6", "2001:db8::9", "", TRUE, FALSE)},
     "change/a|The provider took the address of a.example|2001:db8::9",
     "2001:db8::9",
     "Copy address",
     "a"},
    {{CHANGE("a", "IPv6", "2001:db8::9", "", TRUE, TRUE)},
     "change/a|a.example leads here now|2001:db8::9 · proven by the zone's servers",
     "2001:db8::9",
     "Copy address",
     "a"},
    /* Its second family is no first publication. */
    {{CHANGE("a", "IPv6", "2001:db8::9", "", FALSE, FALSE)},
     "change/a|a.example has a new address|2001:db8::9",
     "2001:db8::9",
     "Copy address",
     "a"},
    /* Somebody else had changed it. */
    {{CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.9", FALSE, FALSE)},
     "change/a|a.example is set right again|203.0.113.9",
     "203.0.113.9",
     "Copy address",
     "a"},
    /* Both families are one message, and proven when both are. */
    {{CHANGE("a", "IPv6", "2001:db8::9", "2001:db8::8", FALSE, TRUE),
      CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, FALSE)},
     "change/a|a.example has a new address|2001:db8::9, 203.0.113.9",
     "203.0.113.9",
     "Copy IPv4 address",
     "a"},
    /* The last word about a record counts. */
    {{CHANGE("a", "IPv4", "203.0.113.7", "203.0.113.8", FALSE, FALSE),
      CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, FALSE)},
     "change/a|a.example has a new address|203.0.113.9",
     "203.0.113.9",
     "Copy address",
     "a"},
    {{CHANGE("a", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("b", "IPv4", "203.0.113.9", "", FALSE, FALSE)},
     "changes|2 names have new addresses|a.example: 203.0.113.9\nb.example: 203.0.113.9",
     "203.0.113.9",
     "Copy address",
     NULL},
    /* The title is true of each of them. */
    {{CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.9", FALSE, FALSE),
      CHANGE("b", "IPv4", "203.0.113.9", "203.0.113.9", FALSE, FALSE)},
     "changes|2 names are set right again|a.example: 203.0.113.9\nb.example: 203.0.113.9",
     "203.0.113.9",
     "Copy address",
     NULL},
    {{CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.9", FALSE, FALSE),
      CHANGE("b", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, FALSE)},
     "changes|2 names were updated|a.example: 203.0.113.9\nb.example: 203.0.113.9",
     "203.0.113.9",
     "Copy address",
     NULL},
    {{CHANGE("a", "IPv4", "203.0.113.9", "", TRUE, TRUE),
      CHANGE("b", "IPv4", "203.0.113.9", "", TRUE, TRUE)},
     "changes|2 names lead here now|a.example: 203.0.113.9\nb.example: 203.0.113.9",
     "203.0.113.9",
     "Copy address",
     NULL},
    {{CHANGE("a", "IPv4", "203.0.113.9", "", TRUE, TRUE),
      CHANGE("b", "IPv4", "203.0.113.9", "", TRUE, FALSE)},
     "changes|The provider took the addresses of 2 names|"
     "a.example: 203.0.113.9\nb.example: 203.0.113.9",
     "203.0.113.9",
     "Copy address",
     NULL},
    /* Which of two addresses would it copy? */
    {{CHANGE("a", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("b", "IPv4", "203.0.113.10", "", FALSE, FALSE)},
     "changes|2 names have new addresses|a.example: 203.0.113.9\nb.example: 203.0.113.10",
     NULL,
     "Copy address",
     NULL},
    {{CHANGE("a", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("b", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("c", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("d", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("e", "IPv4", "203.0.113.9", "", FALSE, FALSE),
      CHANGE("f", "IPv4", "203.0.113.9", "", FALSE, FALSE)},
     "changes|6 names have new addresses|a.example: 203.0.113.9\nb.example: 203.0.113.9\n"
     "c.example: 203.0.113.9\nd.example: 203.0.113.9\nand 2 more",
     "203.0.113.9",
     "Copy address",
     NULL},
};

static void test_changes(void)
{
    for (guint i = 0; i < G_N_ELEMENTS(changes_told); i++) {
        guint count = 0;
        g_autoptr(WhRulesMessage) message = NULL;
        g_autofree char *told = NULL;

        while (changes_told[i].changes[count].host != NULL)
            count++;
        message = wh_rules_changes(changes_told[i].changes, count, &all_on);
        told = rules_told(message);
        g_assert_cmpstr(told, ==, changes_told[i].told);
        g_assert_cmpstr(message->copy, ==, changes_told[i].copy);
        g_assert_cmpstr(message->copy_label, ==, changes_told[i].copy_label);
        g_assert_cmpstr(message->host, ==, changes_told[i].host);
        g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_NORMAL);
        g_assert_cmpstr(message->icon, ==, "wayhome-ok");
    }
}

static void test_no_change(void)
{
    static const WhRulesChange change =
        CHANGE("a", "IPv4", "203.0.113.9", "203.0.113.8", FALSE, FALSE);
    static const WhRulesSettings off = {.off = {[WH_RULES_CHANGE] = TRUE}};
    static const WhRulesSettings others_off = {
        .off = {[WH_RULES_TROUBLE] = TRUE, [WH_RULES_RECOVERY] = TRUE}};
    g_autoptr(WhRulesMessage) shown = wh_rules_changes(&change, 1, &others_off);

    g_assert_nonnull(shown);
    g_assert_null(wh_rules_changes(&change, 0, &all_on));
    g_assert_null(wh_rules_changes(&change, 1, &off));
}

static void test_proof(void)
{
    static const WhRulesChange change = CHANGE("a", "IPv4", "203.0.113.9", "", TRUE, TRUE);
    g_autoptr(WhRulesMessage) changed = wh_rules_changes(&change, 1, &all_on);
    g_autoptr(WhRulesMessage) proven = wh_rules_proof(&change, 1, &all_on);

    g_assert_cmpstr(proven->key, ==, changed->key);
    g_assert_cmpstr(proven->title, ==, "a.example leads here now");
    g_assert_cmpint(proven->urgency, ==, WH_NOTIFIER_LOW);
    g_assert_true(proven->only_replaces);
    g_assert_false(changed->only_replaces);
    g_assert_null(wh_rules_proof(&change, 0, &all_on));
}

#define MS(n) ((n)*G_TIME_SPAN_MILLISECOND)

static void test_moment(void)
{
    static const struct {
        WhRulesMoment moment;
        gboolean updating;
        gint64 ends;
        gboolean joins;
    } table[] = {
        {{.first = MS(50000), .last = MS(50000)}, FALSE, MS(50300), FALSE},
        {{.first = MS(50000), .last = MS(50200)}, FALSE, MS(50500), FALSE},
        {{.first = MS(50000), .last = MS(50200)}, TRUE, MS(52200), FALSE},
        {{.first = MS(50000), .last = MS(61000)}, TRUE, MS(62000), FALSE},
        {{.first = MS(50000), .last = MS(61900)}, FALSE, MS(62000), FALSE},
        /* A message that came just before grows, with less hurry. */
        {{MS(50000), MS(50100), MS(45000), MS(45000)}, FALSE, MS(52100), TRUE},
        {{MS(50000), MS(50100), MS(39000), MS(40000)}, FALSE, MS(52100), TRUE},
        {{MS(50000), MS(50100), MS(39999), MS(39999)}, FALSE, MS(50400), FALSE},
        /* And not for ever. */
        {{MS(150000), MS(150000), MS(90000), MS(149000)}, FALSE, MS(152000), TRUE},
        {{MS(150000), MS(150000), MS(89999), MS(149000)}, FALSE, MS(150300), FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        g_assert_cmpint(wh_rules_moment_ends(&table[i].moment, table[i].updating), ==,
                        table[i].ends);
        g_assert_cmpint(wh_rules_joins(&table[i].moment), ==, table[i].joins);
    }
}

/* Noon of a day in UTC, which is the zone of these tests. */
#define NOON (G_GINT64_CONSTANT(1764158400) * G_USEC_PER_SEC)

static void test_summary(void)
{
    static const struct {
        WhRulesEvent events[7]; /* newest first */
        gint64 seen;
        const char *told;
        const char *host;
    } table[] = {
        {{CHANGED(9, "a", "IPv4", "203.0.113.9")},
         8,
         "summary|While you were away, a.example changed|203.0.113.9 since 12:00",
         "a"},
        {{CHANGED(9, "a", "IPv4", "203.0.113.9")}, 9, "nothing", NULL},
        {{{.id = 9,
           .kind = "proven",
           .host = "a",
           .name = "a",
           .family = "",
           .address = "x",
           .result_class = ""}},
         8,
         "nothing",
         NULL},
        {{CHANGED(9, "a", "IPv4", "203.0.113.9"), CHANGED(8, "a", "IPv6", "2001:db8::9"),
          CHANGED(7, "a", "IPv4", "203.0.113.8"), CHANGED(6, "a", "IPv6", "2001:db8::8"),
          CHANGED(5, "a", "IPv4", "203.0.113.7")},
         5,
         "summary|While you were away, a.example changed|"
         "203.0.113.9, 2001:db8::9 since 12:00; it changed 2 times",
         "a"},
        {{CHANGED(9, "a", "IPv4", "203.0.113.9"), CHANGED(8, "b", "IPv4", "203.0.113.9"),
          CHANGED(7, "a", "IPv4", "203.0.113.8")},
         0,
         "summary|While you were away, 2 names changed|"
         "a.example: 203.0.113.9\nb.example: 203.0.113.9",
         NULL},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        WhRulesEvent events[7];
        guint count = 0;
        g_autoptr(WhRulesMessage) message = NULL;
        g_autofree char *told = NULL;

        for (; table[i].events[count].kind != NULL; count++) {
            events[count] = table[i].events[count];
            events[count].at = NOON;
        }
        message = wh_rules_summary(events, count, table[i].seen, NOON + G_TIME_SPAN_HOUR, &all_on);
        told = rules_told(message);
        g_assert_cmpstr(told, ==, table[i].told);
        if (message == NULL)
            continue;
        g_assert_cmpstr(message->host, ==, table[i].host);
        g_assert_null(message->copy);
        g_assert_cmpint(message->urgency, ==, WH_NOTIFIER_LOW);
    }
}

static void test_summary_switched_off(void)
{
    static const WhRulesEvent event = CHANGED(9, "a", "IPv4", "203.0.113.9");
    static const WhRulesSettings off = {.off = {[WH_RULES_CHANGE] = TRUE}};

    g_assert_null(wh_rules_summary(&event, 1, 0, NOON, &off));
}

int main(int argc, char **argv)
{
    g_setenv("TZ", "UTC", TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rules/what-is-a-change", test_what_is_a_change);
    g_test_add_func("/rules/changes", test_changes);
    g_test_add_func("/rules/no-change", test_no_change);
    g_test_add_func("/rules/proof", test_proof);
    g_test_add_func("/rules/moment", test_moment);
    g_test_add_func("/rules/summary", test_summary);
    g_test_add_func("/rules/summary-switched-off", test_summary_switched_off);
    rules_add_troubles();
    return g_test_run();
}
