#include "app/application/application.h"

#include "app/application/application_private.h"
#include "app/client/requests.h"

#include <glib/gi18n.h>

#define STATE_FILE "tray.conf"

G_DEFINE_FINAL_TYPE(WhApplication, wh_application, GTK_TYPE_APPLICATION)

static void offer_secret(WhWindow *window, const char *account, const char *provider,
                         const char *field, const char *secret, gpointer data)
{
    WhApplication *application = data;
    wh_keyring_copy_offer(application->copy, account, provider, field, secret);
}

static void copy_changed(gpointer data)
{
    WhApplication *application = data;
    if (application->window != NULL)
        wh_window_set_copy_waits(WH_WINDOW(application->window),
                                 wh_keyring_copy_waits(application->copy));
}

WhWindow *wh_application_show_window(WhApplication *application)
{
    if (application->window == NULL) {
        GtkWidget *window = wh_window_new(GTK_APPLICATION(application), application->model);
        g_set_weak_pointer(&application->window, window);
        g_signal_connect(window, "secret-given", G_CALLBACK(offer_secret), application);
        copy_changed(application);
    }
    gtk_window_present(GTK_WINDOW(application->window));
    return WH_WINDOW(application->window);
}

static void copy_text(const char *text)
{
    GtkClipboard *clipboard = gtk_clipboard_get(GDK_SELECTION_CLIPBOARD);
    gtk_clipboard_set_text(clipboard, text, -1);
}

static void show_host(WhApplication *application, const char *host)
{
    WhWindow *window = wh_application_show_window(application);
    if (host != NULL)
        wh_window_show_host(window, host);
}

/* What was asked for outside of the window fails where nobody looks: the window says it. */
static void requested(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(WhApplication) application = data;
    g_autoptr(GError) error = NULL;
    if (wh_requests_finish(WH_LINK(source), result, &error) || application->model == NULL)
        return;
    wh_window_tell(wh_application_show_window(application), error->message);
}

static void chosen(const WhTrayChoice *choice, gpointer data)
{
    WhApplication *application = data;
    WhLink *link = wh_model_link(application->model);
    switch (choice->action) {
    case WH_TRAY_OPEN:
        show_host(application, choice->host);
        break;
    case WH_TRAY_COPY:
        copy_text(choice->address);
        break;
    case WH_TRAY_UPDATE_NOW:
        wh_requests_update_now(link, NULL, requested, g_object_ref(application));
        break;
    case WH_TRAY_PAUSE:
        wh_requests_pause(link, NULL, requested, g_object_ref(application));
        break;
    case WH_TRAY_RESUME:
        wh_requests_resume(link, NULL, NULL, requested, g_object_ref(application));
        break;
    case WH_TRAY_QUIT:
        g_application_quit(G_APPLICATION(application));
        break;
    }
}

static void acted(WhAnnouncerAction action, const char *host, const char *address, gpointer data)
{
    if (action == WH_ANNOUNCER_COPY)
        copy_text(address);
    else
        show_host(data, host);
}

/* icon_folder: of a copy that is not installed, or NULL. The window comes first, so that a person
 * does not wait for what is drawn elsewhere. */
static void begin(WhApplication *application, const char *socket, const char *icon_folder,
                  gboolean background)
{
    const WhTrayFuncs funcs = {.chosen = chosen};
    g_autoptr(WhLink) link = wh_link_new(socket);
    g_autofree char *state = g_build_filename(g_get_user_state_dir(), "wayhome", STATE_FILE, NULL);
    if (icon_folder != NULL)
        gtk_icon_theme_append_search_path(gtk_icon_theme_get_default(), icon_folder);
    application->model = wh_model_new(link);
    application->copy = wh_keyring_copy_new(application->model);
    wh_keyring_copy_listen(application->copy, copy_changed, application);
    if (!background)
        wh_application_show_window(application);
    application->tray = wh_tray_new(application->model, "wayhome", g_get_application_name(),
                                    icon_folder, &funcs, application);
    application->announcer = wh_announcer_new(application->model, g_get_application_name(),
                                              WH_APPLICATION_ID, state, acted, application);
    wh_application_add_actions(application);
    /* The notifications are useful without a window, and without a tray. */
    g_application_hold(G_APPLICATION(application));
}

static int command_line(GApplication *base, GApplicationCommandLine *line)
{
    WhApplication *application = WH_APPLICATION(base);
    GVariantDict *options = g_application_command_line_get_options_dict(line);
    gboolean background = g_variant_dict_contains(options, "background");
    g_autofree char *socket = NULL;
    g_autofree char *icons = NULL;
    g_variant_dict_lookup(options, "socket", "^ay", &socket);
    g_variant_dict_lookup(options, "icons", "^ay", &icons);
    if (application->model == NULL)
        begin(application, socket, icons, background);
    else if (!background)
        wh_application_show_window(application);
    return 0;
}

/* A click on the desktop entry of a program that runs already. */
static void activate(GApplication *base)
{
    WhApplication *application = WH_APPLICATION(base);
    if (application->model == NULL)
        begin(application, NULL, NULL, FALSE);
    else
        wh_application_show_window(application);
}

static int handle_local_options(GApplication *base, GVariantDict *options)
{
    if (!g_variant_dict_contains(options, "version"))
        return -1;
    g_print("wayhome %s\n", WH_APPLICATION_VERSION);
    return 0;
}

static void shut_down(GApplication *base)
{
    WhApplication *application = WH_APPLICATION(base);
    if (application->window != NULL)
        gtk_widget_destroy(application->window);
    g_clear_weak_pointer(&application->window);
    g_clear_pointer(&application->announcer, wh_announcer_free);
    g_clear_pointer(&application->tray, wh_tray_free);
    g_clear_pointer(&application->copy, wh_keyring_copy_free);
    g_clear_object(&application->model);
    G_APPLICATION_CLASS(wh_application_parent_class)->shutdown(base);
}

static void wh_application_class_init(WhApplicationClass *class)
{
    GApplicationClass *application_class = G_APPLICATION_CLASS(class);
    application_class->command_line = command_line;
    application_class->activate = activate;
    application_class->handle_local_options = handle_local_options;
    application_class->shutdown = shut_down;
}

static void wh_application_init(WhApplication *application)
{
    const GOptionEntry options[] = {
        {"background", 0, 0, G_OPTION_ARG_NONE, NULL,
         N_("Show the tray icon only, as at signing in"), NULL},
        {"socket", 0, 0, G_OPTION_ARG_FILENAME, NULL,
         N_("The service's socket; otherwise the computer's service, then your own"), N_("PATH")},
        {"icons", 0, 0, G_OPTION_ARG_FILENAME, NULL,
         N_("Where the icons are of a copy that is not installed"), N_("FOLDER")},
        {"version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_application_add_main_option_entries(G_APPLICATION(application), options);
    g_application_set_option_context_summary(
        G_APPLICATION(application),
        _("Shows whether the names of this computer are right, and lets you add and change them.\n"
          "The work is done by the Wayhome service; wayhomectl does the same in a terminal."));
}

GtkApplication *wh_application_new(void)
{
    g_set_application_name("Wayhome");
    g_set_prgname(WH_APPLICATION_ID);
    gtk_window_set_default_icon_name(WH_APPLICATION_ID);
    return g_object_new(WH_TYPE_APPLICATION, "application-id", WH_APPLICATION_ID, "flags",
                        G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
