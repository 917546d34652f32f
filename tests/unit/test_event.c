#include "service/base/event.h"

static void test_words(void)
{
    static const char *const words[] = {"address", "sent",    "answered", "held",    "waiting",
                                        "halted",  "resumed", "proven",   "differs", "unprovable",
                                        "healed",  "paused",  "unpaused", "started"};
    g_assert_cmpuint(G_N_ELEMENTS(words), ==, WH_N_EVENT_KINDS);
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        g_assert_cmpstr(wh_event_kind_name((WhEventKind)i), ==, words[i]);
        WhEventKind parsed = i == 0 ? WH_EVENT_STARTED : WH_EVENT_ADDRESS;
        g_assert_true(wh_event_kind_parse(words[i], &parsed));
        g_assert_cmpuint(parsed, ==, i);
    }
    WhEventKind untouched = WH_EVENT_HELD;
    g_assert_false(wh_event_kind_parse("", &untouched));
    g_assert_false(wh_event_kind_parse("Sent", &untouched));
    g_assert_cmpint(untouched, ==, WH_EVENT_HELD);
}

static void test_copy_is_independent(void)
{
    g_autoptr(WhEvent) copy = NULL;
    {
        g_autoptr(WhEvent) event = wh_event_new(WH_EVENT_ANSWERED, 42);
        event->host = g_strdup("h1");
        event->host_name = g_strdup("home.example");
        event->detail = g_strdup("good");
        event->has_result = TRUE;
        event->result = WH_RESULT_SAME;
        event->has_address = wh_address_parse("11.22.33.44", &event->address);
        copy = wh_event_copy(event);
        event->detail[0] = 'X';
    }
    g_assert_cmpint(copy->kind, ==, WH_EVENT_ANSWERED);
    g_assert_cmpint(copy->at, ==, 42);
    g_assert_cmpint(copy->id, ==, 0);
    g_assert_cmpstr(copy->host, ==, "h1");
    g_assert_cmpstr(copy->host_name, ==, "home.example");
    g_assert_cmpstr(copy->detail, ==, "good");
    g_assert_true(copy->has_result);
    g_assert_cmpint(copy->result, ==, WH_RESULT_SAME);
    g_autofree char *text = wh_address_to_string(&copy->address);
    g_assert_cmpstr(text, ==, "11.22.33.44");
    g_autoptr(WhEvent) empty = wh_event_new(WH_EVENT_PAUSED, 1);
    g_autoptr(WhEvent) empty_copy = wh_event_copy(empty);
    g_assert_null(empty_copy->host);
    wh_event_free(NULL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/event/words", test_words);
    g_test_add_func("/event/copy", test_copy_is_independent);
    return g_test_run();
}
