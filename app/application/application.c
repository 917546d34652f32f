#include "app/application/application.h"

#include "app/application/application_private.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define STATE_FILE "tray.conf"

G_DEFINE_FINAL_TYPE(WhApplication, wh_application, GTK_TYPE_APPLICATION)

static void offer_secret(WhWindow *window, const char *account, const char *provider,
                         GHashTable *fields, const char *field, const char *secret, gpointer data)
{
    WhApplication *application = data;
    wh_keyring_copy_offer(application->copy, account, provider, fields, field, secret);
}

static void copy_changed(gpointer data)
{
    WhApplication *application = data;
    if (application->window != NULL)
        wh_window_set_copy_need(WH_WINDOW(application->window),
                                wh_keyring_copy_need(application->copy));
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
static void request_failed(const char *message, gpointer data)
{
    wh_window_tell(wh_application_show_window(data), message);
}

static void chosen(const WhTrayChoice *choice, gpointer data)
{
    WhApplication *application = data;
    switch (choice->action) {
    case WH_TRAY_OPEN:
        show_host(application, choice->host);
        break;
    case WH_TRAY_COPY:
        copy_text(choice->address);
        break;
    case WH_TRAY_UPDATE_NOW:
    case WH_TRAY_PAUSE:
    case WH_TRAY_RESUME:
        wh_tray_requests_ask(application->requests, choice->action);
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

/* The window comes first, so that a person does not wait for what is drawn elsewhere. */
static void begin(WhApplication *application, gboolean background)
{
    const WhTrayFuncs funcs = {.chosen = chosen};
    g_autoptr(WhLink) link = wh_link_new(application->socket);
    g_autofree char *state = g_build_filename(g_get_user_state_dir(), "wayhome", STATE_FILE, NULL);
    if (application->icons != NULL)
        gtk_icon_theme_append_search_path(gtk_icon_theme_get_default(), application->icons);
    application->model = wh_model_new(link);
    application->requests = wh_tray_requests_new(link, request_failed, application);
    application->copy = wh_keyring_copy_new(application->model);
    wh_keyring_copy_listen(application->copy, copy_changed, application);
    if (!background)
        wh_application_show_window(application);
    application->tray = wh_tray_new(application->model, "wayhome", g_get_application_name(),
                                    application->icons, &funcs, application);
    application->announcer = wh_announcer_new(application->model, g_get_application_name(),
                                              WH_APPLICATION_ID, state, acted, application);
    wh_application_add_actions(application);
    /* The notifications are useful without a window, and without a tray. */
    g_application_hold(G_APPLICATION(application));
}

/* The path of an option where it was typed, or NULL. */
static char *path_of(GApplicationCommandLine *line, const char *option)
{
    GVariantDict *options = g_application_command_line_get_options_dict(line);
    g_autofree char *path = NULL;
    if (!g_variant_dict_lookup(options, option, "^ay", &path))
        return NULL;
    return g_canonicalize_filename(path, g_application_command_line_get_cwd(line));
}

/* What a running program cannot change any more. */
static gboolean is_other(GApplicationCommandLine *line, const char *option, const char *running)
{
    g_autofree char *asked = path_of(line, option);
    if (asked == NULL || g_strcmp0(asked, running) == 0)
        return FALSE;
    /* Translators: the first %s is an option like --socket, the second a path. */
    g_application_command_line_printerr(
        line, _("Wayhome runs already, without --%s=%s. Quit it first, then start it again.\n"),
        option, asked);
    return TRUE;
}

static int command_line(GApplication *base, GApplicationCommandLine *line)
{
    WhApplication *application = WH_APPLICATION(base);
    GVariantDict *options = g_application_command_line_get_options_dict(line);
    gboolean background = g_variant_dict_contains(options, "background");
    if (application->model == NULL) {
        application->socket = path_of(line, "socket");
        application->icons = path_of(line, "icons");
        begin(application, background);
        return 0;
    }
    if (is_other(line, "socket", application->socket) ||
        is_other(line, "icons", application->icons))
        return EXIT_FAILURE;
    if (!background)
        wh_application_show_window(application);
    return 0;
}

/* A click on the desktop entry of a program that runs already. */
static void activate(GApplication *base)
{
    WhApplication *application = WH_APPLICATION(base);
    if (application->model == NULL)
        begin(application, FALSE);
    else
        wh_application_show_window(application);
}

/* The name by which desktops find the program's entry; the help shows the one that people type. */
static void start_up(GApplication *base)
{
    g_set_prgname(WH_APPLICATION_ID);
    G_APPLICATION_CLASS(wh_application_parent_class)->startup(base);
}

static int handle_local_options(GApplication *base, GVariantDict *options)
{
    g_autofree const char **words = NULL;
    if (g_variant_dict_lookup(options, G_OPTION_REMAINING, "^a&ay", &words)) {
        g_printerr(_("“%s” is no option of Wayhome. Try --help.\n"), words[0]);
        return EXIT_FAILURE;
    }
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
    g_clear_pointer(&application->requests, wh_tray_requests_free);
    g_clear_pointer(&application->copy, wh_keyring_copy_free);
    g_clear_object(&application->model);
    g_clear_pointer(&application->socket, g_free);
    g_clear_pointer(&application->icons, g_free);
    G_APPLICATION_CLASS(wh_application_parent_class)->shutdown(base);
}

static void wh_application_class_init(WhApplicationClass *class)
{
    GApplicationClass *application_class = G_APPLICATION_CLASS(class);
    application_class->command_line = command_line;
    application_class->activate = activate;
    application_class->handle_local_options = handle_local_options;
    application_class->startup = start_up;
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
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, NULL},
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
    gtk_window_set_default_icon_name(WH_APPLICATION_ID);
    return g_object_new(WH_TYPE_APPLICATION, "application-id", WH_APPLICATION_ID, "flags",
                        G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
