#include "app/window/window_actions.h"

#include "app/client/requests.h"
#include "app/window/about.h"
#include "app/window/token_place.h"
#include "app/window/window_answer.h"
#include "app/window/window_check.h"
#include "app/window/window_forms.h"
#include "app/window/window_questions.h"

#include <glib/gi18n.h>

#define UPDATES "wh-updates"

static WhLink *link_of(WhWindow *window)
{
    return wh_model_link(wh_window_model(window));
}

static const char *id_of(GVariant *parameter)
{
    return g_variant_get_string(parameter, NULL);
}

static void add_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_forms_add_host(window);
}

/* The ids of what UpdateNow is under way for, "" for everything: a key that is held down asks
 * once. */
static GHashTable *updates_of(gpointer window)
{
    GHashTable *updates = g_object_get_data(window, UPDATES);
    if (updates == NULL) {
        updates = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        g_object_set_data_full(window, UPDATES, updates, (GDestroyNotify)g_hash_table_unref);
    }
    return updates;
}

typedef struct {
    WhWindowAnswer *answer;
    char *id;
} Update;

static void updated(GObject *link, GAsyncResult *result, gpointer data)
{
    Update *update = data;
    g_autoptr(WhWindow) window = NULL;
    wh_window_answer_take(update->answer, link, result, &window);
    if (window != NULL)
        g_hash_table_remove(updates_of(window), update->id);
    g_free(update->id);
    g_free(update);
}

static void update(WhWindow *window, const char *id)
{
    if (!g_hash_table_add(updates_of(window), g_strdup(id)))
        return;
    Update *update = g_new0(Update, 1);
    update->answer = wh_window_answer_new(window);
    update->id = g_strdup(id);
    wh_requests_update_now(link_of(window), *id != '\0' ? id : NULL, updated, update);
}

static void update_all(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    update(window, "");
}

static void update_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    update(window, id_of(parameter));
}

/* The state follows the service's, not the click. */
static void pause_all(GSimpleAction *action, GVariant *wanted, gpointer window)
{
    if (g_variant_get_boolean(wanted))
        wh_requests_pause(link_of(window), NULL, wh_window_answer_tell,
                          wh_window_answer_new(window));
    else
        wh_requests_resume(link_of(window), NULL, NULL, wh_window_answer_tell,
                           wh_window_answer_new(window));
}

static void resume_all(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), NULL, NULL, wh_window_answer_tell,
                       wh_window_answer_new(window));
}

static void pause_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_pause(link_of(window), id_of(parameter), wh_window_answer_tell,
                      wh_window_answer_new(window));
}

static void resume_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), id_of(parameter), NULL, wh_window_answer_tell,
                       wh_window_answer_new(window));
}

static void resume_account(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), NULL, id_of(parameter), wh_window_answer_tell,
                       wh_window_answer_new(window));
}

static void edit_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_forms_edit_host(window, id_of(parameter));
}

static void edit_account(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_forms_edit_account(window, id_of(parameter), FALSE);
}

static void give_secret(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_forms_edit_account(window, id_of(parameter), TRUE);
}

static void accounts(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_forms_accounts(window);
}

static void remove_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_questions_remove_host(window, id_of(parameter));
}

static void remove_account(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_questions_remove_account(window, id_of(parameter));
}

static void unlock_keyring(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_unlock_keyring(link_of(window), wh_window_answer_tell,
                               wh_window_answer_new(window));
}

static void allow_file(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_questions_allow_file(window);
}

static void token_place(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    gtk_window_present(GTK_WINDOW(wh_token_place_new(window, wh_window_model(window))));
}

/* Whether the copy for the time when nobody is signed in is to be kept. */
typedef struct {
    WhWindowAnswer *answer;
    gboolean wanted;
} Wish;

/* What was wanted stands in the service by now. */
static void unattended_set(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autofree Wish *wish = data;
    g_autoptr(WhWindow) window = NULL;
    if (!wh_window_answer_take(wish->answer, link, result, &window) || window == NULL)
        return;
    g_autofree char *meaning = wh_token_place_meaning(wh_window_model(window), wish->wanted);
    wh_window_say(window, meaning);
}

/* The state follows the service's, not the click. */
static void unattended(GSimpleAction *action, GVariant *wanted, gpointer window)
{
    Wish *wish = g_new0(Wish, 1);
    *wish = (Wish){wh_window_answer_new(window), g_variant_get_boolean(wanted)};
    wh_requests_keep_unattended(link_of(window), wish->wanted, unattended_set, wish);
}

static void publish_line(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "line", wh_window_answer_tell,
                        wh_window_answer_new(window));
}

static void publish_vpn(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "vpn", wh_window_answer_tell,
                        wh_window_answer_new(window));
}

static void publish_nothing(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "nothing", wh_window_answer_tell,
                        wh_window_answer_new(window));
}

static void check(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_window_check_begin(window);
}

static void retry(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_link_retry(link_of(window));
}

static void shortcuts(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_about_show_shortcuts(window);
}

static void about(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_about_show(window);
}

static void close_window(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    gtk_window_close(window);
}

static const GActionEntry entries[] = {
    {"add-host", add_host, NULL, NULL, NULL, {0}},
    {"update-all", update_all, NULL, NULL, NULL, {0}},
    {"update-host", update_host, "s", NULL, NULL, {0}},
    {"pause-all", NULL, NULL, "false", pause_all, {0}},
    {"resume-all", resume_all, NULL, NULL, NULL, {0}},
    {"pause-host", pause_host, "s", NULL, NULL, {0}},
    {"resume-host", resume_host, "s", NULL, NULL, {0}},
    {"edit-host", edit_host, "s", NULL, NULL, {0}},
    {"remove-host", remove_host, "s", NULL, NULL, {0}},
    {"edit-account", edit_account, "s", NULL, NULL, {0}},
    {"give-secret", give_secret, "s", NULL, NULL, {0}},
    {"resume-account", resume_account, "s", NULL, NULL, {0}},
    {"remove-account", remove_account, "s", NULL, NULL, {0}},
    {"unlock-keyring", unlock_keyring, NULL, NULL, NULL, {0}},
    {"allow-file", allow_file, NULL, NULL, NULL, {0}},
    {"unattended", NULL, NULL, "false", unattended, {0}},
    {"publish-line", publish_line, "s", NULL, NULL, {0}},
    {"publish-vpn", publish_vpn, "s", NULL, NULL, {0}},
    {"publish-nothing", publish_nothing, "s", NULL, NULL, {0}},
    {"check", check, NULL, NULL, NULL, {0}},
    /* Those from here on change nothing. */
    {"accounts", accounts, NULL, NULL, NULL, {0}},
    {"token-place", token_place, NULL, NULL, NULL, {0}},
    /* And those from here on can be used without the service. */
    {"retry", retry, NULL, NULL, NULL, {0}},
    {"shortcuts", shortcuts, NULL, NULL, NULL, {0}},
    {"about", about, NULL, NULL, NULL, {0}},
    {"close", close_window, NULL, NULL, NULL, {0}},
};
#define ENTRIES_WITHOUT_SERVICE 4
#define ENTRIES_WITHOUT_CHANGE (ENTRIES_WITHOUT_SERVICE + 2)

static const struct {
    const char *action;
    const char *keys[4];
} keys[] = {
    {"win.add-host", {"<Primary>n", NULL}},
    {"win.update-all", {"F5", "<Primary>r", NULL}},
    {"win.menu", {"F10", NULL}},
    {"win.shortcuts", {"F1", "<Primary>question", "question", NULL}},
    {"win.close", {"<Primary>w", NULL}},
    {"app.quit", {"<Primary>q", NULL}},
};

void wh_window_actions_add(WhWindow *window, GtkApplication *app)
{
    g_action_map_add_action_entries(G_ACTION_MAP(window), entries, G_N_ELEMENTS(entries), window);
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        gtk_application_set_accels_for_action(app, keys[i].action, keys[i].keys);
}

static void set_state(WhWindow *window, const char *name, gboolean state)
{
    GAction *action = g_action_map_lookup_action(G_ACTION_MAP(window), name);
    g_simple_action_set_state(G_SIMPLE_ACTION(action), g_variant_new_boolean(state));
}

/* Whether there is something to do, and it is not under way. */
static gboolean makes_sense(WhWindow *window, const char *name)
{
    if (g_str_equal(name, "update-all"))
        return g_list_model_get_n_items(wh_model_hosts(wh_window_model(window))) > 0;
    return !g_str_equal(name, "check") || !wh_window_check_is_under_way(window);
}

void wh_window_actions_update(WhWindow *window)
{
    WhModel *model = wh_window_model(window);
    gboolean ready = wh_model_is_ready(model);
    gboolean may_change = wh_model_may_change(model);
    for (guint i = 0; i < G_N_ELEMENTS(entries) - ENTRIES_WITHOUT_SERVICE; i++) {
        GAction *action = g_action_map_lookup_action(G_ACTION_MAP(window), entries[i].name);
        gboolean changes = i < G_N_ELEMENTS(entries) - ENTRIES_WITHOUT_CHANGE;
        gboolean possible = ready && (may_change || !changes);
        g_simple_action_set_enabled(G_SIMPLE_ACTION(action),
                                    possible && makes_sense(window, entries[i].name));
    }
    set_state(window, "pause-all", wh_model_is_paused(model));
    set_state(window, "unattended", wh_model_unattended(model) == WH_UNATTENDED_ON);
    /* Why not stands where the action token-place leads. */
    GAction *unattended = g_action_map_lookup_action(G_ACTION_MAP(window), "unattended");
    g_simple_action_set_enabled(G_SIMPLE_ACTION(unattended),
                                ready && may_change && !wh_model_must_claim(model) &&
                                    wh_model_unattended(model) != WH_UNATTENDED_NONE);
}
