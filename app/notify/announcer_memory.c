#include "app/notify/announcer_memory.h"

#include "platform/small_file.h"

#include <gio/gio.h>

#define GROUP "Messages"
#define SEEN "last-seen-event"

struct WhAnnouncerMemory {
    char *path;
    GKeyFile *file;
    WhRulesSettings settings;
    gint64 seen;
    gboolean changed;
};

static const char *const names[WH_RULES_N_KINDS] = {
    [WH_RULES_CHANGE] = "changes",
    [WH_RULES_TROUBLE] = "trouble",
    [WH_RULES_RECOVERY] = "recovery",
};

static void read_file(WhAnnouncerMemory *memory)
{
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;

    text = wh_small_file_read(memory->path, &length, &error);
    if (text == NULL) {
        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
            g_info("What was seen before is not known: %s", error->message);
        return;
    }
    if (!g_key_file_load_from_data(memory->file, text, length, G_KEY_FILE_KEEP_COMMENTS, &error)) {
        g_info("%s is damaged and is begun anew", memory->path);
        g_key_file_unref(memory->file);
        memory->file = g_key_file_new();
    }
}

static void take_values(WhAnnouncerMemory *memory)
{
    g_autoptr(GError) error = NULL;

    memory->seen = g_key_file_get_int64(memory->file, GROUP, SEEN, &error);
    if (error != NULL || memory->seen < 0)
        memory->seen = -1;
    for (guint i = 0; i < WH_RULES_N_KINDS; i++) {
        g_autoptr(GError) absent = NULL;
        gboolean on = g_key_file_get_boolean(memory->file, GROUP, names[i], &absent);

        memory->settings.off[i] = absent == NULL && !on;
    }
}

WhAnnouncerMemory *wh_announcer_memory_new(const char *path)
{
    WhAnnouncerMemory *memory = g_new0(WhAnnouncerMemory, 1);

    memory->path = g_strdup(path);
    memory->file = g_key_file_new();
    read_file(memory);
    take_values(memory);
    return memory;
}

void wh_announcer_memory_free(WhAnnouncerMemory *memory)
{
    g_key_file_unref(memory->file);
    g_free(memory->path);
    g_free(memory);
}

gint64 wh_announcer_memory_seen(WhAnnouncerMemory *memory)
{
    return memory->seen;
}

void wh_announcer_memory_set_seen(WhAnnouncerMemory *memory, gint64 id)
{
    if (memory->seen == id)
        return;
    memory->seen = id;
    g_key_file_set_int64(memory->file, GROUP, SEEN, id);
    memory->changed = TRUE;
}

const WhRulesSettings *wh_announcer_memory_settings(WhAnnouncerMemory *memory)
{
    return &memory->settings;
}

void wh_announcer_memory_set_off(WhAnnouncerMemory *memory, WhRulesKind kind, gboolean off)
{
    if (memory->settings.off[kind] == off)
        return;
    memory->settings.off[kind] = off;
    g_key_file_set_boolean(memory->file, GROUP, names[kind], !off);
    memory->changed = TRUE;
}

void wh_announcer_memory_save(WhAnnouncerMemory *memory)
{
    g_autofree char *folder = g_path_get_dirname(memory->path);
    g_autofree char *text = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;

    if (!memory->changed)
        return;
    memory->changed = FALSE;
    text = g_key_file_to_data(memory->file, &length, NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0 ||
        !g_file_set_contents_full(memory->path, text, (gssize)length,
                                  G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
        g_info("What was seen is not remembered: %s",
               error != NULL ? error->message : "its folder cannot be made");
}
