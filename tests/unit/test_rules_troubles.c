#include "tests/unit/test_rules.h"

static const WhRulesSettings all_on;

#define SECONDS(n) ((n)*G_TIME_SPAN_SECOND)
#define MINUTES(n) ((n)*G_TIME_SPAN_MINUTE)
#define HOST(id_, status_, told_)                                                                  \
    {                                                                                              \
        .id = id_, .account = "acc", .host = id_, .name = id_ ".example", .status = status_,       \
        .sentence = "Waits", .told = told_                                                         \
    }
#define ACCOUNT(id_, told_)                                                                        \
    {                                                                                              \
        .id = id_, .name = "Duck", .status = WH_STATUS_ATTENTION, .sentence = "Stopped",           \
        .next_step = "Give the token", .told = told_                                               \
    }

static const WhRulesTrouble no_service = {.id = WH_RULES_SERVICE,
                                          .name = "Wayhome",
                                          .status = WH_STATUS_OFFLINE,
                                          .sentence = "The service does not run",
                                          .next_step = "Start it"};

static void test_due(void)
{
    static const struct {
        WhRulesTrouble trouble;
        gint64 due; /* after its beginning */
    } table[] = {
        {ACCOUNT("acc", FALSE), SECONDS(10)},
        {HOST("a", WH_STATUS_ATTENTION, FALSE), SECONDS(10)},
        {HOST("a", WH_STATUS_UPDATING, FALSE), MINUTES(15)},
        {HOST("a", WH_STATUS_OFFLINE, FALSE), G_MAXINT64},
        {HOST("a", WH_STATUS_PAUSED, FALSE), G_MAXINT64},
        {HOST("a", WH_STATUS_OK, FALSE), G_MAXINT64},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        WhRulesTrouble trouble = table[i].trouble;
        gint64 due = table[i].due;

        trouble.since = MINUTES(100);
        g_assert_cmpint(wh_rules_due(&trouble), ==, due == G_MAXINT64 ? due : trouble.since + due);
    }
    g_assert_cmpint(wh_rules_due(&no_service), ==, MINUTES(15));
}

typedef struct {
    WhRulesTrouble troubles[4];
    gint64 now;
    const char *told;
    const char *host;
} Case;

typedef WhRulesMessage *(*Rule)(const WhRulesTrouble *troubles, guint count, gint64 now,
                                const char *const *shown, const WhRulesSettings *settings);

static void check(const Case *table, guint cases, Rule rule, WhNotifierUrgency urgency)
{
    for (guint i = 0; i < cases; i++) {
        guint count = 0;
        g_autoptr(WhRulesMessage) message = NULL;
        g_autofree char *told = NULL;

        while (table[i].troubles[count].id != NULL)
            count++;
        message = rule(table[i].troubles, count, table[i].now, NULL, &all_on);
        told = rules_told(message);
        g_assert_cmpstr(told, ==, table[i].told);
        if (message == NULL)
            continue;
        g_assert_cmpstr(message->host, ==, table[i].host);
        g_assert_cmpint(message->urgency, ==, urgency);
        g_assert_null(message->copy);
    }
}

static void test_needs(void)
{
    static const Case table[] = {
        {{ACCOUNT("acc", FALSE)},
         SECONDS(10),
         "needs|Duck needs you|Stopped\nGive the token",
         NULL},
        {{ACCOUNT("acc", FALSE)}, SECONDS(9), "nothing", NULL},
        {{ACCOUNT("acc", TRUE)}, SECONDS(10), "nothing", NULL},
        {{HOST("a", WH_STATUS_ATTENTION, FALSE)},
         SECONDS(10),
         "needs|a.example needs you|Waits",
         "a"},
        {{HOST("a", WH_STATUS_UPDATING, FALSE)}, MINUTES(60), "nothing", NULL},
        /* A name that waits for its account adds nothing. */
        {{ACCOUNT("acc", FALSE), HOST("a", WH_STATUS_ATTENTION, FALSE)},
         SECONDS(10),
         "needs|Duck needs you|Stopped\nGive the token",
         NULL},
        {{ACCOUNT("acc", TRUE), HOST("a", WH_STATUS_ATTENTION, FALSE)},
         SECONDS(10),
         "nothing",
         NULL},
        {{ACCOUNT("other", FALSE), HOST("a", WH_STATUS_ATTENTION, FALSE)},
         SECONDS(10),
         "needs|2 things need you|Duck: Stopped\na.example: Waits",
         NULL},
        /* One more: about both. */
        {{ACCOUNT("other", TRUE), HOST("a", WH_STATUS_ATTENTION, FALSE)},
         SECONDS(10),
         "needs|2 things need you|Duck: Stopped\na.example: Waits",
         NULL},
    };

    check(table, G_N_ELEMENTS(table), wh_rules_needs, WH_NOTIFIER_CRITICAL);
}

static void test_late(void)
{
    static const Case table[] = {
        {{HOST("a", WH_STATUS_UPDATING, FALSE)},
         MINUTES(15),
         "late|a.example does not have the right address yet|Waits",
         "a"},
        {{HOST("a", WH_STATUS_UPDATING, FALSE)}, MINUTES(15) - 1, "nothing", NULL},
        {{HOST("a", WH_STATUS_UPDATING, TRUE)}, MINUTES(60), "nothing", NULL},
        {{HOST("a", WH_STATUS_OFFLINE, FALSE)}, MINUTES(60), "nothing", NULL},
        {{HOST("a", WH_STATUS_ATTENTION, FALSE)}, MINUTES(60), "nothing", NULL},
        {{HOST("a", WH_STATUS_UPDATING, FALSE), HOST("b", WH_STATUS_UPDATING, FALSE)},
         MINUTES(15),
         "late|2 names do not have the right address yet|a.example: Waits\nb.example: Waits",
         NULL},
        {{{.id = WH_RULES_SERVICE,
           .name = "Wayhome",
           .status = WH_STATUS_OFFLINE,
           .sentence = "The service does not run",
           .next_step = "Start it"}},
         MINUTES(15),
         "late|Wayhome hears nothing from its service|The service does not run\nStart it",
         NULL},
        /* Nothing is known of the names then. */
        {{{.id = WH_RULES_SERVICE,
           .name = "Wayhome",
           .status = WH_STATUS_OFFLINE,
           .sentence = "The service does not run"},
          HOST("a", WH_STATUS_UPDATING, TRUE)},
         MINUTES(15),
         "late|Wayhome hears nothing from its service|The service does not run",
         NULL},
    };

    check(table, G_N_ELEMENTS(table), wh_rules_late, WH_NOTIFIER_NORMAL);
}

/* All is told, and the message on the screen names something else. */
static void test_less_than_shown(void)
{
    static const WhRulesTrouble left[] = {HOST("a", WH_STATUS_ATTENTION, TRUE)};
    static const char *const both[] = {"a", "b", NULL};
    static const char *const one[] = {"a", NULL};
    static const char *const other[] = {"b", NULL};
    g_autoptr(WhRulesMessage) less = wh_rules_needs(left, 1, MINUTES(1), both, &all_on);
    g_autoptr(WhRulesMessage) another = wh_rules_needs(left, 1, MINUTES(1), other, &all_on);
    g_autofree char *told = rules_told(less);

    g_assert_cmpstr(told, ==, "needs|a.example needs you|Waits");
    g_assert_cmpint(less->urgency, ==, WH_NOTIFIER_NORMAL);
    g_assert_true(less->only_replaces);
    g_assert_true(g_strv_equal((const char *const *)less->about, one));
    g_assert_nonnull(another);
    g_assert_null(wh_rules_needs(left, 1, MINUTES(1), one, &all_on));
    g_assert_null(wh_rules_needs(left, 1, MINUTES(1), NULL, &all_on));
    g_assert_true(wh_rules_is_any_due(left, 1, MINUTES(1), TRUE));
    g_assert_false(wh_rules_is_any_due(left, 1, MINUTES(1), FALSE));
    g_assert_false(wh_rules_is_any_due(left, 0, MINUTES(1), TRUE));
}

static void test_recovered(void)
{
    static const WhRulesTrouble two[] = {
        {.id = "a", .host = "a", .name = "a.example", .sentence = "203.0.113.9"},
        {.id = "b", .host = "b", .name = "b.example", .sentence = "203.0.113.9"},
    };
    static const WhRulesTrouble back = {.id = WH_RULES_SERVICE, .name = "Wayhome", .sentence = ""};
    static const WhRulesSettings off = {.off = {[WH_RULES_RECOVERY] = TRUE}};
    g_autoptr(WhRulesMessage) one = wh_rules_recovered(two, 1, &all_on);
    g_autoptr(WhRulesMessage) both = wh_rules_recovered(two, 2, &all_on);
    g_autoptr(WhRulesMessage) service = wh_rules_recovered(&back, 1, &all_on);
    g_autofree char *service_told = rules_told(service);
    g_autofree char *one_told = rules_told(one);
    g_autofree char *both_told = rules_told(both);

    g_assert_cmpstr(one_told, ==, "recovery|a.example is right again|203.0.113.9");
    g_assert_cmpstr(one->host, ==, "a");
    g_assert_cmpstr(
        both_told, ==,
        "recovery|2 names are right again|a.example: 203.0.113.9\nb.example: 203.0.113.9");
    g_assert_cmpint(both->urgency, ==, WH_NOTIFIER_NORMAL);
    g_assert_cmpstr(service_told, ==, "recovery|Wayhome hears from its service again|");
    g_assert_null(wh_rules_recovered(two, 0, &all_on));
    g_assert_null(wh_rules_recovered(two, 2, &off));
}

static void test_switched_off(void)
{
    static const WhRulesSettings off = {.off = {[WH_RULES_TROUBLE] = TRUE}};
    WhRulesTrouble need = ACCOUNT("acc", FALSE);
    WhRulesTrouble late = HOST("a", WH_STATUS_UPDATING, FALSE);

    g_assert_null(wh_rules_needs(&need, 1, MINUTES(60), NULL, &off));
    g_assert_null(wh_rules_late(&late, 1, MINUTES(60), NULL, &off));
}

void rules_add_troubles(void)
{
    g_test_add_func("/rules/troubles/due", test_due);
    g_test_add_func("/rules/troubles/needs", test_needs);
    g_test_add_func("/rules/troubles/late", test_late);
    g_test_add_func("/rules/troubles/less-than-shown", test_less_than_shown);
    g_test_add_func("/rules/troubles/recovered", test_recovered);
    g_test_add_func("/rules/troubles/switched-off", test_switched_off);
}
