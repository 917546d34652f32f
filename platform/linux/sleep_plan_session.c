#include "platform/linux/sleep_plan_private.h"

/* Seconds of idleness, and what happens then. */
typedef struct {
    const char *desktop; /* the word in XDG_CURRENT_DESKTOP */
    const char *schema;
    const char *timeout;
    const char *type;
} Desktop;

static const Desktop *desktop_find(const char *desktops)
{
    static const Desktop known[] = {
        {"GNOME", "org.gnome.settings-daemon.plugins.power", "sleep-inactive-ac-timeout",
         "sleep-inactive-ac-type"},
        {"X-Cinnamon", "org.cinnamon.settings-daemon.plugins.power", "sleep-inactive-ac-timeout",
         "sleep-inactive-ac-type"},
        {"MATE", "org.mate.power-manager", "sleep-computer-ac", "action-sleep-type-ac"},
    };
    g_auto(GStrv) words = g_strsplit(desktops, ":", -1);

    for (guint i = 0; i < G_N_ELEMENTS(known); i++) {
        if (g_strv_contains((const char *const *)words, known[i].desktop))
            return &known[i];
    }
    return NULL;
}

static gboolean has_type(GSettingsSchema *schema, const char *name, const GVariantType *type)
{
    g_autoptr(GSettingsSchemaKey) key = NULL;

    if (!g_settings_schema_has_key(schema, name))
        return FALSE;
    key = g_settings_schema_get_key(schema, name);
    return g_variant_type_equal(g_settings_schema_key_get_value_type(key), type);
}

/* Settings of another version would end the program when they are read. */
static GSettings *settings_open(const Desktop *desktop, GSettingsSchemaSource *schemas)
{
    g_autoptr(GSettingsSchema) schema =
        schemas != NULL ? g_settings_schema_source_lookup(schemas, desktop->schema, TRUE) : NULL;

    if (schema == NULL || g_settings_schema_get_path(schema) == NULL ||
        !has_type(schema, desktop->timeout, G_VARIANT_TYPE_INT32) ||
        !has_type(schema, desktop->type, G_VARIANT_TYPE_STRING))
        return NULL;
    return g_settings_new_full(schema, NULL, NULL);
}

gboolean wh_sleep_plan_read_desktop(const char *desktops, GSettingsSchemaSource *schemas,
                                    WhSleepPlan *plan, GError **error)
{
    const Desktop *desktop = desktop_find(desktops);
    g_autoptr(GSettings) settings = desktop != NULL ? settings_open(desktop, schemas) : NULL;
    g_autofree char *type = NULL;
    int seconds;

    if (settings == NULL) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "The settings for sleep of this desktop are not known");
        return FALSE;
    }
    seconds = g_settings_get_int(settings, desktop->timeout);
    type = g_settings_get_string(settings, desktop->type);
    *plan = (WhSleepPlan){0};
    if (seconds > 0 && wh_sleep_plan_is_sleep(type))
        *plan = (WhSleepPlan){wh_sleep_plan_minutes((guint64)seconds * G_USEC_PER_SEC),
                              WH_SLEEP_PLAN_BY_DESKTOP};
    return TRUE;
}

gboolean wh_sleep_plan_read_session(WhSleepPlan *plan, GError **error)
{
    const char *desktops = g_getenv("XDG_CURRENT_DESKTOP");

    return wh_sleep_plan_read_desktop(desktops != NULL ? desktops : "",
                                      g_settings_schema_source_get_default(), plan, error);
}
