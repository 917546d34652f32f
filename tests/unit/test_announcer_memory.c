#include "app/notify/announcer_memory.h"

#include "tests/support/system.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
    char *folder;
    char *path;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    fixture->folder = g_dir_make_tmp("wayhome-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "deep", "tray.conf", NULL);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    g_autofree char *deep = g_path_get_dirname(fixture->path);

    g_unlink(fixture->path);
    g_rmdir(deep);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->path);
    g_free(fixture->folder);
}

static void put(Fixture *fixture, const char *bytes, gssize length)
{
    g_autofree char *deep = g_path_get_dirname(fixture->path);

    g_assert_cmpint(g_mkdir_with_parents(deep, 0700), ==, 0);
    g_assert_true(g_file_set_contents(fixture->path, bytes, length, NULL));
}

static void test_begins_empty(Fixture *fixture, gconstpointer data)
{
    WhAnnouncerMemory *memory = wh_announcer_memory_new(fixture->path);

    g_assert_cmpint(wh_announcer_memory_seen(memory), ==, -1);
    for (guint i = 0; i < WH_RULES_N_KINDS; i++)
        g_assert_false(wh_announcer_memory_settings(memory)->off[i]);
    wh_announcer_memory_save(memory);
    g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
    wh_announcer_memory_free(memory);
}

static void test_remembers(Fixture *fixture, gconstpointer data)
{
    WhAnnouncerMemory *memory = wh_announcer_memory_new(fixture->path);

    wh_announcer_memory_set_seen(memory, 0);
    wh_announcer_memory_set_off(memory, WH_RULES_RECOVERY, TRUE);
    wh_announcer_memory_save(memory);
    wh_announcer_memory_free(memory);
    g_assert_true(wh_test_is_private(fixture->path));

    memory = wh_announcer_memory_new(fixture->path);
    g_assert_cmpint(wh_announcer_memory_seen(memory), ==, 0);
    g_assert_false(wh_announcer_memory_settings(memory)->off[WH_RULES_CHANGE]);
    g_assert_false(wh_announcer_memory_settings(memory)->off[WH_RULES_TROUBLE]);
    g_assert_true(wh_announcer_memory_settings(memory)->off[WH_RULES_RECOVERY]);
    wh_announcer_memory_set_seen(memory, 77);
    wh_announcer_memory_set_off(memory, WH_RULES_RECOVERY, FALSE);
    wh_announcer_memory_save(memory);
    wh_announcer_memory_free(memory);

    memory = wh_announcer_memory_new(fixture->path);
    g_assert_cmpint(wh_announcer_memory_seen(memory), ==, 77);
    g_assert_false(wh_announcer_memory_settings(memory)->off[WH_RULES_RECOVERY]);
    wh_announcer_memory_free(memory);
}

static void test_keeps_what_others_wrote(Fixture *fixture, gconstpointer data)
{
    g_autofree char *text = NULL;
    WhAnnouncerMemory *memory;

    put(fixture, "[Window]\nwidth=640\n", -1);
    memory = wh_announcer_memory_new(fixture->path);
    wh_announcer_memory_set_seen(memory, 5);
    wh_announcer_memory_save(memory);
    wh_announcer_memory_free(memory);
    g_assert_true(g_file_get_contents(fixture->path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, "width=640"));
}

static void test_damaged(Fixture *fixture, gconstpointer data)
{
    static const char *const texts[] = {
        "\xff\xfe",
        "no key file",
        "[Messages",
        "[Messages]\nlast-seen-event=yes\nchanges=maybe\n",
        "[Messages]\nlast-seen-event=-5\n",
    };

    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        WhAnnouncerMemory *memory;

        put(fixture, texts[i], -1);
        memory = wh_announcer_memory_new(fixture->path);
        g_assert_cmpint(wh_announcer_memory_seen(memory), ==, -1);
        g_assert_false(wh_announcer_memory_settings(memory)->off[WH_RULES_CHANGE]);
        wh_announcer_memory_set_seen(memory, 5);
        wh_announcer_memory_save(memory);
        wh_announcer_memory_free(memory);
        memory = wh_announcer_memory_new(fixture->path);
        g_assert_cmpint(wh_announcer_memory_seen(memory), ==, 5);
        wh_announcer_memory_free(memory);
    }
}

static void test_endless(Fixture *fixture, gconstpointer data)
{
    g_autofree char *filling = g_strnfill(100 * 1024, '#');
    g_autofree char *text = g_strconcat("[Messages]\nlast-seen-event=5\n", filling, "\n", NULL);
    WhAnnouncerMemory *memory;

    put(fixture, text, -1);
    memory = wh_announcer_memory_new(fixture->path);
    g_assert_cmpint(wh_announcer_memory_seen(memory), ==, -1);
    wh_announcer_memory_free(memory);
}

/* In the place of the file stands a pipe that nobody writes to. */
static void test_pipe(Fixture *fixture, gconstpointer data)
{
    g_autofree char *deep = g_path_get_dirname(fixture->path);
    WhAnnouncerMemory *memory;

    g_assert_cmpint(g_mkdir_with_parents(deep, 0700), ==, 0);
    if (!wh_test_make_pipe(fixture->path)) {
        g_test_skip("folders hold no pipes here");
        return;
    }
    memory = wh_announcer_memory_new(fixture->path);
    g_assert_cmpint(wh_announcer_memory_seen(memory), ==, -1);
    wh_announcer_memory_free(memory);
}

#define ADD(name, function) g_test_add(name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/announcer-memory/begins-empty", test_begins_empty);
    ADD("/announcer-memory/remembers", test_remembers);
    ADD("/announcer-memory/keeps-what-others-wrote", test_keeps_what_others_wrote);
    ADD("/announcer-memory/damaged", test_damaged);
    ADD("/announcer-memory/endless", test_endless);
    ADD("/announcer-memory/pipe", test_pipe);
    return g_test_run();
}
