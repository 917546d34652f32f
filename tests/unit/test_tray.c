#include "app/tray/tray.h"

#include "platform/fake/desktop_fake.h"
#include "tests/unit/test_tray.h"

typedef struct {
    World world;
    WhTray *tray;
    GString *seen;
    gboolean free_inside;
} Stage;

static void chosen(const WhTrayChoice *choice, gpointer data)
{
    Stage *stage = data;

    if (stage->free_inside)
        g_clear_pointer(&stage->tray, wh_tray_free);
    g_string_append_printf(stage->seen, "%d %s %s;", (int)choice->action,
                           choice->host != NULL ? choice->host : "-",
                           choice->address != NULL ? choice->address : "-");
}

static void presence(WhTrayIconPresence presence_now, gpointer data)
{
    Stage *stage = data;

    g_string_append_printf(stage->seen, "presence %d;", (int)presence_now);
}

static void set_up(Stage *stage, gconstpointer data)
{
    static const WhTrayFuncs funcs = {chosen, presence};
    g_autofree char *host = world_host("h1", "a.example", "current");
    g_autofree char *state = world_state(TRAY_SERVICE, "", WORLD_ACCOUNT, host);

    wh_fake_tray_icon_reset();
    stage->seen = g_string_new(NULL);
    world_set_up(&stage->world, state);
    stage->tray = wh_tray_new(stage->world.model, "wayhome", "Wayhome", NULL, &funcs, stage);
}

static void tear_down(Stage *stage, gconstpointer data)
{
    wh_tray_free(stage->tray);
    world_tear_down(&stage->world);
    g_string_free(stage->seen, TRUE);
    wh_fake_tray_icon_reset();
}

static void settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        continue;
}

static void send_host(Stage *stage, const char *state)
{
    g_autofree char *host = world_host("h1", "a.example", state);
    g_autofree char *message = g_strdup_printf("{\"hosts\":[%s]}", host);

    world_send(&stage->world, message);
}

static void test_shows(Stage *stage, gconstpointer data)
{
    g_assert_cmpstr(wh_fake_tray_icon_name(), ==, "wayhome-ok");
    g_assert_false(wh_fake_tray_icon_attention());
    g_assert_cmpstr(wh_fake_tray_icon_title(), ==, "Wayhome");
    g_assert_cmpstr(wh_fake_tray_icon_body(), ==, wh_model_summary(stage->world.model));
    g_assert_nonnull(wh_fake_tray_icon_line("a.example — 203.0.113.9"));
}

static void test_follows(Stage *stage, gconstpointer data)
{
    static const struct {
        const char *state;
        const char *icon;
        gboolean attention;
    } table[] = {
        {"updating", "wayhome-updating", FALSE},  {"paused", "wayhome-paused", FALSE},
        {"no_address", "wayhome-offline", FALSE}, {"halted", "wayhome-attention", TRUE},
        {"current", "wayhome-ok", FALSE},
    };

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        send_host(stage, table[i].state);
        g_assert_cmpstr(wh_fake_tray_icon_name(), ==, table[i].icon);
        g_assert_cmpint(wh_fake_tray_icon_attention(), ==, table[i].attention);
    }
}

/* A desktop draws nothing anew when nothing is new. */
static void test_calm(Stage *stage, gconstpointer data)
{
    guint before = wh_fake_tray_icon_changes();

    send_host(stage, "current");
    g_assert_cmpuint(wh_fake_tray_icon_changes(), ==, before);
    send_host(stage, "updating");
    g_assert_cmpuint(wh_fake_tray_icon_changes(), >, before);
}

static void test_choices(Stage *stage, gconstpointer data)
{
    g_autofree char *expected = g_strdup_printf("%d - -;%d h1 -;", WH_TRAY_OPEN, WH_TRAY_OPEN);

    wh_fake_tray_icon_activate();
    settle();
    wh_fake_tray_icon_choose(wh_fake_tray_icon_line("a.example — 203.0.113.9")->id);
    settle();
    g_assert_cmpstr(stage->seen->str, ==, expected);
}

static void test_free_inside(Stage *stage, gconstpointer data)
{
    g_autofree char *expected = g_strdup_printf("%d h1 -;", WH_TRAY_OPEN);

    stage->free_inside = TRUE;
    wh_fake_tray_icon_choose(wh_fake_tray_icon_line("a.example — 203.0.113.9")->id);
    settle();
    g_assert_null(stage->tray);
    g_assert_cmpstr(stage->seen->str, ==, expected);
}

static void test_presence(Stage *stage, gconstpointer data)
{
    g_autofree char *expected = g_strdup_printf("presence %d;", WH_TRAY_ICON_NO_TRAY);

    g_assert_cmpint(wh_tray_presence(stage->tray), ==, WH_TRAY_ICON_LOOKING);
    wh_fake_tray_icon_set_presence(WH_TRAY_ICON_NO_TRAY);
    settle();
    g_assert_cmpint(wh_tray_presence(stage->tray), ==, WH_TRAY_ICON_NO_TRAY);
    g_assert_cmpstr(stage->seen->str, ==, expected);
}

#define ADD(name, function) g_test_add(name, Stage, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/tray/shows", test_shows);
    ADD("/tray/follows", test_follows);
    ADD("/tray/calm", test_calm);
    ADD("/tray/choices", test_choices);
    ADD("/tray/free-inside", test_free_inside);
    ADD("/tray/presence", test_presence);
    tray_add_menu_tests();
    tray_add_requests_tests();
    return g_test_run();
}
