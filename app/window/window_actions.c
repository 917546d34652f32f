#include "app/window/window_actions.h"

#include "app/client/requests.h"
#include "app/window/about.h"
#include "app/window/confirm.h"
#include "app/window/subject.h"
#include "app/window/token_place.h"
#include "app/window/window_check.h"
#include "app/window/window_forms.h"

#include <glib/gi18n.h>

#define UPDATES "wh-updates"

static WhLink *link_of(WhWindow *window)
{
    return wh_model_link(wh_window_model(window));
}

/* The window may be gone when the answer comes. */
static gpointer weak(WhWindow *window)
{
    GWeakRef *reference = g_new0(GWeakRef, 1);
    g_weak_ref_init(reference, window);
    return reference;
}

static WhWindow *strong(gpointer data)
{
    GWeakRef *reference = data;
    WhWindow *window = g_weak_ref_get(reference);
    g_weak_ref_clear(reference);
    g_free(reference);
    return window;
}

/* What worked takes away what was told about the last thing that did not. */
static void tell_result(GObject *link, GAsyncResult *result, WhWindow *window)
{
    g_autoptr(GError) error = NULL;
    gboolean fine = wh_requests_finish(WH_LINK(link), result, &error);
    if (window != NULL && !gtk_widget_in_destruction(GTK_WIDGET(window)))
        wh_window_tell(window, fine ? NULL : error->message);
}

static void done(GObject *link, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhWindow) window = strong(data);
    tell_result(link, result, window);
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
    gpointer window;
    char *id;
} Update;

static void updated(GObject *link, GAsyncResult *result, gpointer data)
{
    Update *update = data;
    g_autoptr(WhWindow) window = strong(update->window);
    if (window != NULL)
        g_hash_table_remove(updates_of(window), update->id);
    tell_result(link, result, window);
    g_free(update->id);
    g_free(update);
}

static void update(WhWindow *window, const char *id)
{
    if (!g_hash_table_add(updates_of(window), g_strdup(id)))
        return;
    Update *update = g_new0(Update, 1);
    update->window = weak(window);
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
        wh_requests_pause(link_of(window), NULL, done, weak(window));
    else
        wh_requests_resume(link_of(window), NULL, NULL, done, weak(window));
}

static void resume_all(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), NULL, NULL, done, weak(window));
}

static void pause_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_pause(link_of(window), id_of(parameter), done, weak(window));
}

static void resume_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), id_of(parameter), NULL, done, weak(window));
}

static void resume_account(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_resume(link_of(window), NULL, id_of(parameter), done, weak(window));
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

/* Whether the copy for the time when nobody is signed in is to be kept. */
typedef struct {
    gpointer window;
    gboolean wanted;
} Wish;

/* What a question is about. */
typedef struct {
    WhWindow *window;
    char *id;
} Subject;

static Subject *subject_new(WhWindow *window, const char *id)
{
    Subject *subject = g_new0(Subject, 1);
    subject->window = g_object_ref(window);
    subject->id = g_strdup(id);
    return subject;
}

static void subject_free(gpointer data)
{
    Subject *subject = data;
    g_object_unref(subject->window);
    g_free(subject->id);
    g_free(subject);
}

static void remove_host_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_remove_host(link_of(subject->window), subject->id, done, weak(subject->window));
}

static void remove_account_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_remove_account(link_of(subject->window), subject->id, done, weak(subject->window));
}

static void allow_file_now(gpointer data)
{
    Subject *subject = data;
    wh_requests_allow_secret_file(link_of(subject->window), TRUE, done, weak(subject->window));
}

static void remove_host(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    WhHostItem *host = wh_model_find_host(wh_window_model(window), id_of(parameter));
    if (host == NULL)
        return;
    g_autofree char *question =
        g_strdup_printf(_("Stop keeping %s right?"), wh_host_item_display_name(host));
    GtkWidget *dialog = wh_confirm(
        window, question,
        _("Nothing is removed at the provider: the name stays yours there, and keeps the "
          "address that it has now."),
        _("_Remove"), TRUE, remove_host_now, subject_new(window, id_of(parameter)), subject_free);
    wh_subject_follow_host(window, dialog, host);
}

static void remove_account(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    WhAccountItem *account = wh_model_find_account(wh_window_model(window), id_of(parameter));
    if (account == NULL)
        return;
    g_autofree char *question = g_strdup_printf(_("Remove the account “%s” from this computer?"),
                                                wh_account_item_label(account));
    GtkWidget *dialog = wh_confirm(
        window, question,
        _("Its names are not kept right any more, and its password or token is forgotten "
          "here. Nothing is removed at the provider."),
        _("_Remove"), TRUE, remove_account_now, subject_new(window, id_of(parameter)),
        subject_free);
    wh_subject_follow_account(window, dialog, account);
}

static void unlock_keyring(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_unlock_keyring(link_of(window), done, weak(window));
}

static void allow_file(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_confirm(
        window, _("Keep passwords and tokens in a private file?"),
        _("This computer has no keyring. In a file that only your user may read they survive "
          "a restart, but whoever gets at your files or a copy of the disk can read them."),
        _("_Keep in a File"), FALSE, allow_file_now, subject_new(window, NULL), subject_free);
}

static void token_place(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    gtk_window_present(GTK_WINDOW(wh_token_place_new(window, wh_window_model(window))));
}

/* What was wanted stands in the service by now. */
static void unattended_set(GObject *link, GAsyncResult *result, gpointer data)
{
    Wish *wish = data;
    g_autoptr(WhWindow) window = strong(wish->window);
    gboolean there = window != NULL && !gtk_widget_in_destruction(GTK_WIDGET(window));
    g_autoptr(GError) error = NULL;
    if (!wh_requests_finish(WH_LINK(link), result, &error)) {
        if (there)
            wh_window_tell(window, error->message);
    } else if (there) {
        g_autofree char *meaning = wh_token_place_meaning(wh_window_model(window), wish->wanted);
        wh_window_say(window, meaning);
    }
    g_free(wish);
}

/* The state follows the service's, not the click. */
static void unattended(GSimpleAction *action, GVariant *wanted, gpointer window)
{
    Wish *wish = g_new0(Wish, 1);
    *wish = (Wish){weak(window), g_variant_get_boolean(wanted)};
    wh_requests_keep_unattended(link_of(window), wish->wanted, unattended_set, wish);
}

static void publish_line(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "line", done, weak(window));
}

static void publish_vpn(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "vpn", done, weak(window));
}

static void publish_nothing(GSimpleAction *action, GVariant *parameter, gpointer window)
{
    wh_requests_set_vpn(link_of(window), id_of(parameter), "nothing", done, weak(window));
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
