#include "tests/unit/test_announcer_world.h"

#include <glib/gstdio.h>

/* Many names, as the service says them. */
static void send_names(Stage *stage, guint count, const char *state)
{
    g_autoptr(GString) hosts = g_string_new(NULL);
    g_autofree char *message = NULL;

    for (guint i = 0; i < count; i++) {
        g_autofree char *id = g_strdup_printf("n%u", i);
        g_autofree char *name = g_strdup_printf("n%u.example", i);
        g_autofree char *host = world_host(id, name, state);

        g_string_append_printf(hosts, "%s%s", i > 0 ? "," : "", host);
    }
    message = g_strdup_printf("{\"hosts\":[%s]}", hosts->str);
    world_send(&stage->world, message);
}

/* So many names change one after the other. */
static void change_names(Stage *stage, guint count, gint64 apart)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *id = g_strdup_printf("n%u", i);

        stage_change(stage, id, i + 1, "203.0.113.10");
        stage_later(stage, apart);
    }
}

static void assert_title(const char *title, guint shown_at_most)
{
    g_assert_nonnull(wh_fake_notifier_at(0));
    g_assert_cmpstr(wh_fake_notifier_at(0)->title, ==, title);
    g_assert_null(wh_fake_notifier_at(1));
    g_assert_cmpuint(wh_fake_notifier_times(), <=, shown_at_most);
}

/* However they follow each other, they are one message in the end, and not a flood before. */
static void test_many_names(Stage *stage, gconstpointer data)
{
    static const struct {
        guint names;
        gint64 apart;
        const char *title;
    } table[] = {
        {20, STAGE_MILLISECONDS(20), "20 names have new addresses"},
        {20, STAGE_MILLISECONDS(100), "20 names have new addresses"},
        {8, STAGE_MILLISECONDS(600), "8 names have new addresses"},
        {5, STAGE_MILLISECONDS(1900), "5 names have new addresses"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        wh_fake_notifier_reset();
        send_names(stage, table[i].names, "current");
        stage_start(stage);
        change_names(stage, table[i].names, table[i].apart);
        stage_later(stage, STAGE_SECONDS(2));
        assert_title(table[i].title, 2);
        stage_stop(stage);
        g_assert_cmpint(g_unlink(stage->path), ==, 0);
    }
}

/* A single change is told at once, and another much later is another message. */
static void test_single_names(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    stage_change(stage, "h1", 1, "203.0.113.10");
    stage_later(stage, STAGE_MILLISECONDS(299));
    stage_assert_screen("");
    stage_later(stage, STAGE_MILLISECONDS(1));
    stage_assert_screen("home.example has a new address|203.0.113.10 [Open, Copy address]");
    stage_later(stage, STAGE_SECONDS(11));
    stage_change(stage, "h2", 2, "203.0.113.10");
    stage_later(stage, STAGE_MILLISECONDS(300));
    g_assert_nonnull(wh_fake_notifier_message("change/h1"));
    g_assert_nonnull(wh_fake_notifier_message("change/h2"));
}

/* While the provider is being told of more, what is known waits for it, but not for long. */
static void test_more_is_under_way(Stage *stage, gconstpointer data)
{
    send_names(stage, 2, "updating");
    stage_start(stage);
    stage_change(stage, "n0", 1, "203.0.113.10");
    stage_later(stage, STAGE_MILLISECONDS(1000));
    stage_assert_screen("");
    stage_change(stage, "n1", 2, "203.0.113.10");
    send_names(stage, 2, "current");
    stage_later(stage, STAGE_MILLISECONDS(300));
    assert_title("2 names have new addresses", 1);
    stage_later(stage, STAGE_MINUTES(2));
    send_names(stage, 1, "updating");
    stage_change(stage, "n1", 3, "203.0.113.11");
    stage_later(stage, STAGE_SECONDS(2));
    g_assert_nonnull(wh_fake_notifier_message("change/n1"));
}

/* Without end it would be told never. */
static void test_endless(Stage *stage, gconstpointer data)
{
    send_names(stage, 1, "updating");
    stage_start(stage);
    for (guint i = 0; i < 12; i++) {
        g_assert_cmpuint(wh_fake_notifier_times(), ==, 0);
        stage_change(stage, "n0", i + 1, i % 2 == 0 ? "203.0.113.10" : "203.0.113.11");
        stage_later(stage, STAGE_SECONDS(1));
    }
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 1);
}

static void send_proof(Stage *stage, const char *status)
{
    g_autofree char *message = g_strdup_printf(
        "{\"hosts\":[{\"id\":\"h2\",\"name\":\"nas.example\",\"account\":\"a1\",\"paused\":false,"
        "\"records\":[{\"family\":\"ipv4\",\"state\":\"current\","
        "\"acknowledged\":\"203.0.113.10\",\"proof\":{\"status\":\"%s\",\"at\":1,"
        "\"witnesses\":[]}}]}]}",
        status);

    world_send(&stage->world, message);
}

/* What the provider took is not yet what the zone's servers hold. */
static void test_proof_comes_later(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_proof(stage, "none");
    stage_change(stage, "h2", 1, "203.0.113.10");
    stage_later(stage, STAGE_MILLISECONDS(300));
    stage_assert_screen("The provider took the address of nas.example|203.0.113.10 "
                        "[Open, Copy address]");
    g_assert_cmpint(wh_fake_notifier_at(0)->urgency, ==, WH_NOTIFIER_NORMAL);
    stage_later(stage, STAGE_MINUTES(2));
    send_proof(stage, "proven");
    stage_assert_screen("nas.example leads here now|203.0.113.10 · proven by the zone's servers "
                        "[Open, Copy address]");
    g_assert_cmpint(wh_fake_notifier_at(0)->urgency, ==, WH_NOTIFIER_LOW);
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 2);
    send_proof(stage, "proven");
    g_assert_cmpuint(wh_fake_notifier_times(), ==, 2);
}

/* Who has closed the message does not get another one. */
static void test_proof_of_what_is_closed(Stage *stage, gconstpointer data)
{
    stage_start(stage);
    send_proof(stage, "none");
    stage_change(stage, "h2", 1, "203.0.113.10");
    stage_later(stage, STAGE_MILLISECONDS(300));
    wh_fake_notifier_close("change/h2");
    send_proof(stage, "proven");
    stage_assert_screen("");
}

void stage_add_changes_tests(void)
{
    STAGE_ADD("/announcer/changes/many-names", test_many_names);
    STAGE_ADD("/announcer/changes/single-names", test_single_names);
    STAGE_ADD("/announcer/changes/more-is-under-way", test_more_is_under_way);
    STAGE_ADD("/announcer/changes/endless", test_endless);
    STAGE_ADD("/announcer/changes/proof-comes-later", test_proof_comes_later);
    STAGE_ADD("/announcer/changes/proof-of-what-is-closed", test_proof_of_what_is_closed);
}
