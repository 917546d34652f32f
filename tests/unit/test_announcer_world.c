#include "tests/unit/test_announcer_world.h"

#include "app/notify/announcer_private.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean too_late(gpointer data)
{
    g_error("What the test waits for does not come");
    return G_SOURCE_REMOVE;
}

static void acted(WhAnnouncerAction action, const char *host, const char *address, gpointer data)
{
    Stage *stage = data;

    if (action == WH_ANNOUNCER_OPEN)
        g_string_append_printf(stage->acted, "open %s;", host != NULL ? host : "-");
    else
        g_string_append_printf(stage->acted, "copy %s %s;", host != NULL ? host : "-", address);
}

void stage_set_up(Stage *stage, gconstpointer data)
{
    g_autofree char *host = world_host("h1", "home.example", "current");
    g_autofree char *state = world_state(STAGE_SERVICE, "", WORLD_ACCOUNT, host);

    wh_fake_notifier_reset();
    stage->folder = g_dir_make_tmp("wayhome-XXXXXX", NULL);
    stage->path = g_build_filename(stage->folder, "tray.conf", NULL);
    stage->acted = g_string_new(NULL);
    world_set_up(&stage->world, state);
    stage_set_history(stage, "");
}

void stage_tear_down(Stage *stage, gconstpointer data)
{
    stage_stop(stage);
    world_tear_down(&stage->world);
    wh_fake_notifier_reset();
    g_string_free(stage->acted, TRUE);
    g_unlink(stage->path);
    g_assert_cmpint(g_rmdir(stage->folder), ==, 0);
    g_free(stage->path);
    g_free(stage->folder);
}

void stage_set_history(Stage *stage, const char *events)
{
    g_autofree char *answer = g_strdup_printf("{\"events\":[%s]}", events);

    stub_service_answer(stage->world.stub, "History", answer);
}

void stage_begin(Stage *stage)
{
    stage->now = stage->now != 0 ? stage->now : g_get_monotonic_time();
    stage->announcer = wh_announcer_new(stage->world.model, "Wayhome", "org.wayhome.Wayhome",
                                        stage->path, acted, stage);
    wh_announcer_stop_clock(stage->announcer, stage->now);
}

void stage_start(Stage *stage)
{
    stage_begin(stage);
    stage_settle(stage);
}

void stage_stop(Stage *stage)
{
    g_clear_pointer(&stage->announcer, wh_announcer_free);
}

void stage_later(Stage *stage, gint64 microseconds)
{
    stage->now += microseconds;
    wh_announcer_look(stage->announcer, stage->now);
}

void stage_settle(Stage *stage)
{
    guint deadline = g_timeout_add_seconds(60, too_late, NULL);

    while (wh_announcer_is_asking(stage->announcer))
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(deadline);
    stage_later(stage, STAGE_SECONDS(3));
}

static char *event_of(const char *host, gint64 id, const char *family, const char *result_class,
                      const char *address)
{
    return g_strdup_printf("{\"id\":%" G_GINT64_FORMAT
                           ",\"at\":1764158400000000,\"kind\":\"answered\",\"host\":\"%s\","
                           "\"name\":\"%s.example\",\"family\":\"%s\",\"address\":\"%s\","
                           "\"result\":{\"class\":\"%s\"}}",
                           id, host, g_str_equal(host, "h1") ? "home" : host, family, address,
                           result_class);
}

char *stage_event(gint64 id, const char *family, const char *result_class, const char *address)
{
    return event_of("h1", id, family, result_class, address);
}

static void send_event(Stage *stage, const char *event)
{
    g_autofree char *message = g_strdup_printf("{\"events\":[%s]}", event);

    world_send(&stage->world, message);
}

void stage_happen(Stage *stage, gint64 id, const char *family, const char *result_class,
                  const char *address)
{
    g_autofree char *event = stage_event(id, family, result_class, address);

    send_event(stage, event);
}

void stage_change(Stage *stage, const char *host, gint64 id, const char *address)
{
    g_autofree char *event = event_of(host, id, "ipv4", "CHANGED", address);

    send_event(stage, event);
}

void stage_assert_screen(const char *expected)
{
    g_autoptr(GString) screen = g_string_new(NULL);
    const WhNotifierMessage *message;

    for (guint i = 0; (message = wh_fake_notifier_at(i)) != NULL; i++) {
        g_string_append_printf(screen, "%s|%s [", message->title, message->body);
        for (guint j = 0; j < message->n_actions; j++)
            g_string_append_printf(screen, "%s%s", j > 0 ? ", " : "", message->actions[j].label);
        g_string_append_c(screen, ']');
    }
    g_assert_cmpstr(screen->str, ==, expected);
}
