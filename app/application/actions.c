#include "app/application/application_private.h"
#include "platform/autostart.h"
#include "platform/paths.h"

static void quit(GSimpleAction *action, GVariant *parameter, gpointer data)
{
    g_application_quit(G_APPLICATION(data));
}

static void unlock_keyring(GSimpleAction *action, GVariant *parameter, gpointer data)
{
    WhApplication *application = data;
    wh_keyring_copy_unlock(application->copy);
}

static void change_autostart(GSimpleAction *action, GVariant *state, gpointer data)
{
    WhApplication *application = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *program = wh_paths_program(WH_APPLICATION_COMMAND);
    if (wh_autostart_set_enabled(WH_APPLICATION_ID, g_get_application_name(), program,
                                 "--background", g_variant_get_boolean(state), &error))
        g_simple_action_set_state(action, state);
    else
        wh_window_tell(wh_application_show_window(application), error->message);
}

/* The action's name says which kind of message it switches. */
static WhRulesKind kind_of(GAction *action)
{
    if (g_str_equal(g_action_get_name(action), "notify-change"))
        return WH_RULES_CHANGE;
    return g_str_equal(g_action_get_name(action), "notify-trouble") ? WH_RULES_TROUBLE
                                                                    : WH_RULES_RECOVERY;
}

static void change_notify(GSimpleAction *action, GVariant *state, gpointer data)
{
    WhApplication *application = data;
    wh_announcer_set_enabled(application->announcer, kind_of(G_ACTION(action)),
                             g_variant_get_boolean(state));
    g_simple_action_set_state(action, state);
}

static void show_state(WhApplication *application, const char *name, gboolean enabled)
{
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(application), name);
    g_simple_action_set_state(G_SIMPLE_ACTION(action), g_variant_new_boolean(enabled));
}

void wh_application_add_actions(WhApplication *application)
{
    const GActionEntry entries[] = {
        {.name = "quit", .activate = quit},
        {.name = "unlock-keyring", .activate = unlock_keyring},
        {.name = "autostart", .state = "false", .change_state = change_autostart},
        {.name = "notify-change", .state = "true", .change_state = change_notify},
        {.name = "notify-trouble", .state = "true", .change_state = change_notify},
        {.name = "notify-recovery", .state = "true", .change_state = change_notify},
    };
    g_action_map_add_action_entries(G_ACTION_MAP(application), entries, G_N_ELEMENTS(entries),
                                    application);
    show_state(application, "autostart", wh_autostart_is_enabled(WH_APPLICATION_ID));
    show_state(application, "notify-change",
               wh_announcer_is_enabled(application->announcer, WH_RULES_CHANGE));
    show_state(application, "notify-trouble",
               wh_announcer_is_enabled(application->announcer, WH_RULES_TROUBLE));
    show_state(application, "notify-recovery",
               wh_announcer_is_enabled(application->announcer, WH_RULES_RECOVERY));
}
