#include "tests/unit/test_tray.h"

#include "app/tray/tray_menu.h"

char *tray_menu_text(const WhTrayMenuItem *items, guint count)
{
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < count; i++) {
        if (items[i].id == 0) {
            g_string_append(text, "--\n");
            continue;
        }
        g_string_append_printf(text, "%s%s%s%s\n", items[i].insensitive ? "(" : "", items[i].label,
                               items[i].insensitive ? ")" : "",
                               !items[i].checkable ? ""
                               : items[i].checked  ? " [x]"
                                                   : " [ ]");
    }
    return g_string_free(text, FALSE);
}

static void assert_menu(WhTrayMenu *menu, const char *expected)
{
    guint count;
    const WhTrayMenuItem *items = wh_tray_menu_items(menu, &count);
    g_autofree char *text = tray_menu_text(items, count);

    g_assert_cmpstr(text, ==, expected);
}

static int id_of(WhTrayMenu *menu, const char *label)
{
    guint count;
    const WhTrayMenuItem *items = wh_tray_menu_items(menu, &count);

    for (guint i = 0; i < count; i++)
        if (g_strcmp0(items[i].label, label) == 0)
            return items[i].id;
    g_error("There is no line %s", label);
}

#define COMMANDS "--\nUpdate now\nPause everything [ ]\n--\nOpen Wayhome\nQuit\n"
#define NO_COMMANDS "--\n(Update now)\n(Pause everything) [ ]\n--\nOpen Wayhome\nQuit\n"

static void start(World *world, const char *service, const char *verdicts, const char *hosts)
{
    g_autofree char *state = world_state(service, verdicts, WORLD_ACCOUNT, hosts);

    world_set_up(world, state);
}

static void test_names(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *first = world_host("h1", "a_b.example", "current");
    g_autofree char *second = world_host("h2", "b.example", "paused");
    g_autofree char *hosts = g_strconcat(first, ",", second, NULL);

    start(&world, TRAY_SERVICE,
          "{\"family\":\"ipv4\",\"address\":\"203.0.113.9\",\"reason\":\"direct\",\"sources\":[]},"
          "{\"family\":\"ipv6\",\"address\":\"2001:db8::9\",\"reason\":\"direct\",\"sources\":[]}",
          hosts);
    g_assert_true(wh_tray_menu_update(menu, world.model));
    assert_menu(menu, "a_b.example — 203.0.113.9\nb.example — Paused\n--\n"
                      "Copy IPv4 address 203.0.113.9\nCopy IPv6 address 2001:db8::9\n" COMMANDS);
    g_assert_false(wh_tray_menu_update(menu, world.model));
    world_tear_down(&world);
}

static void test_no_names(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");

    start(&world, TRAY_SERVICE, "", "");
    wh_tray_menu_update(menu, world.model);
    assert_menu(menu, "Add the first name…\n" COMMANDS);
    world_tear_down(&world);
}

static char *many_hosts(guint count)
{
    GString *hosts = g_string_new(NULL);

    for (guint i = 0; i < count; i++) {
        g_autofree char *id = g_strdup_printf("h%u", i);
        g_autofree char *name = g_strdup_printf("n%u.example", i);
        g_autofree char *host = world_host(id, name, "current");

        g_string_append_printf(hosts, "%s%s", i > 0 ? "," : "", host);
    }
    return g_string_free(hosts, FALSE);
}

static void test_many_names(void)
{
    static const struct {
        guint names;
        guint lines;
        const char *more;
    } table[] = {{10, 10, NULL}, {11, 11, NULL}, {12, 11, "and 2 more…"}, {15, 11, "and 5 more…"}};

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        World world;
        g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
        g_autofree char *hosts = many_hosts(table[i].names);
        const WhTrayMenuItem *items;
        WhTrayChoice choice;
        guint count;

        start(&world, TRAY_SERVICE, "", hosts);
        wh_tray_menu_update(menu, world.model);
        items = wh_tray_menu_items(menu, &count);
        g_assert_cmpint(items[table[i].lines].id, ==, 0);
        if (table[i].more != NULL) {
            g_assert_cmpstr(items[table[i].lines - 1].label, ==, table[i].more);
            g_assert_true(wh_tray_menu_choice(menu, items[table[i].lines - 1].id, &choice));
            g_assert_cmpint(choice.action, ==, WH_TRAY_OPEN);
        }
        world_tear_down(&world);
    }
}

static void test_choices(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *host = world_host("h1", "a.example", "current");
    WhTrayChoice choice;
    static const struct {
        const char *label;
        WhTrayAction action;
        const char *host;
        const char *address;
    } table[] = {
        {"a.example — 203.0.113.9", WH_TRAY_OPEN, "h1", NULL},
        {"Copy IPv4 address 203.0.113.9", WH_TRAY_COPY, NULL, "203.0.113.9"},
        {"Update now", WH_TRAY_UPDATE_NOW, NULL, NULL},
        {"Pause everything", WH_TRAY_PAUSE, NULL, NULL},
        {"Open Wayhome", WH_TRAY_OPEN, NULL, NULL},
        {"Quit", WH_TRAY_QUIT, NULL, NULL},
    };

    start(&world, TRAY_SERVICE,
          "{\"family\":\"ipv4\",\"address\":\"203.0.113.9\",\"reason\":\"direct\",\"sources\":[]}",
          host);
    wh_tray_menu_update(menu, world.model);
    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        g_assert_true(wh_tray_menu_choice(menu, id_of(menu, table[i].label), &choice));
        g_assert_cmpint(choice.action, ==, table[i].action);
        g_assert_cmpstr(choice.host, ==, table[i].host);
        g_assert_cmpstr(choice.address, ==, table[i].address);
    }
    g_assert_false(wh_tray_menu_choice(menu, 0, &choice));
    g_assert_false(wh_tray_menu_choice(menu, 12345, &choice));
    world_tear_down(&world);
}

static void test_ids_stay(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *first = world_host("h1", "a.example", "current");
    g_autofree char *second = world_host("h2", "b.example", "current");
    g_autofree char *hosts = g_strconcat(first, ",", second, NULL);
    g_autofree char *changed = world_host("h2", "b.example", "updating");
    g_autofree char *message =
        g_strdup_printf("{\"removed_hosts\":[\"h1\"],\"hosts\":[%s]}", changed);
    g_autofree char *again = g_strdup_printf("{\"hosts\":[%s]}", first);
    guint count;
    int id_a, id_b, id_quit;

    start(&world, TRAY_SERVICE, "", hosts);
    wh_tray_menu_update(menu, world.model);
    id_a = id_of(menu, "a.example — 203.0.113.9");
    id_b = id_of(menu, "b.example — 203.0.113.9");
    id_quit = id_of(menu, "Quit");
    g_assert_cmpint(id_a, !=, id_b);
    world_send(&world, message);
    g_assert_true(wh_tray_menu_update(menu, world.model));
    g_assert_cmpint(wh_tray_menu_items(menu, &count)[0].id, ==, id_b);
    g_assert_cmpint(id_of(menu, "Quit"), ==, id_quit);
    world_send(&world, again);
    wh_tray_menu_update(menu, world.model);
    g_assert_cmpint(id_of(menu, "a.example — 203.0.113.9"), ==, id_a);
    world_tear_down(&world);
}

static void test_paused(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *host = world_host("h1", "a.example", "paused");
    WhTrayChoice choice;

    start(&world, TRAY_SERVICE_PAUSED, "", host);
    wh_tray_menu_update(menu, world.model);
    assert_menu(menu, "a.example — Paused\n--\n(Update now)\nPause everything [x]\n--\n"
                      "Open Wayhome\nQuit\n");
    g_assert_true(wh_tray_menu_choice(menu, id_of(menu, "Pause everything"), &choice));
    g_assert_cmpint(choice.action, ==, WH_TRAY_RESUME);
    world_tear_down(&world);
}

/* A click on its way while the meaning of the line turns round means nothing. */
static void test_late_pause(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    WhTrayChoice choice;
    int id;

    start(&world, TRAY_SERVICE, "", "");
    wh_tray_menu_update(menu, world.model);
    id = id_of(menu, "Pause everything");
    world_send(&world, "{\"service\":{\"version\":\"1\",\"scope\":\"user\",\"started\":1,"
                       "\"monitoring\":true," TRAY_SERVICE_PAUSED "}}");
    g_assert_true(wh_tray_menu_update(menu, world.model));
    g_assert_false(wh_tray_menu_choice(menu, id, &choice));
    world_tear_down(&world);
}

static void test_no_service(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *expected = NULL;
    WhTrayChoice choice;

    world_set_up(&world, NULL);
    wh_tray_menu_update(menu, world.model);
    expected = g_strdup_printf("(%s)\n" NO_COMMANDS, wh_model_summary(world.model));
    assert_menu(menu, expected);
    g_assert_true(wh_tray_menu_choice(menu, id_of(menu, "Quit"), &choice));
    g_assert_cmpint(choice.action, ==, WH_TRAY_QUIT);
    world_tear_down(&world);
}

static void test_attention(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *host = world_host("h1", "a.example", "halted");
    g_autofree char *tooltip = NULL;
    WhTrayChoice choice;
    const WhTrayMenuItem *items;
    guint count;

    start(&world, TRAY_SERVICE, "", host);
    g_assert_cmpint(wh_model_status(world.model), ==, WH_STATUS_ATTENTION);
    wh_tray_menu_update(menu, world.model);
    items = wh_tray_menu_items(menu, &count);
    g_assert_cmpstr(items[0].label, ==, wh_model_summary(world.model));
    g_assert_false(items[0].insensitive);
    g_assert_true(wh_tray_menu_choice(menu, items[0].id, &choice));
    g_assert_cmpint(choice.action, ==, WH_TRAY_OPEN);
    g_assert_cmpstr(choice.host, ==, wh_model_remedy_host(world.model));
    tooltip = wh_tray_menu_tooltip(world.model);
    g_assert_true(g_str_has_prefix(tooltip, wh_model_summary(world.model)));
    g_assert_true(g_str_has_suffix(tooltip, wh_model_next_step(world.model)));
    world_tear_down(&world);
}

/* Letters of several bytes are not cut in the middle. */
static void test_long_label(void)
{
    World world;
    g_autoptr(WhTrayMenu) menu = wh_tray_menu_new("Wayhome");
    g_autofree char *long_name = g_strnfill(200, 'a');
    g_autofree char *name = g_strconcat("é", long_name, ".example", NULL);
    g_autofree char *host = world_host("h1", name, "current");
    const WhTrayMenuItem *items;
    guint count;

    start(&world, TRAY_SERVICE, "", host);
    wh_tray_menu_update(menu, world.model);
    items = wh_tray_menu_items(menu, &count);
    g_assert_cmpint(g_utf8_strlen(items[0].label, -1), ==, 80);
    g_assert_true(g_str_has_suffix(items[0].label, "…"));
    world_tear_down(&world);
}

void tray_add_menu_tests(void)
{
    g_test_add_func("/tray/menu/names", test_names);
    g_test_add_func("/tray/menu/no-names", test_no_names);
    g_test_add_func("/tray/menu/many-names", test_many_names);
    g_test_add_func("/tray/menu/choices", test_choices);
    g_test_add_func("/tray/menu/ids-stay", test_ids_stay);
    g_test_add_func("/tray/menu/paused", test_paused);
    g_test_add_func("/tray/menu/late-pause", test_late_pause);
    g_test_add_func("/tray/menu/no-service", test_no_service);
    g_test_add_func("/tray/menu/attention", test_attention);
    g_test_add_func("/tray/menu/long-label", test_long_label);
}
