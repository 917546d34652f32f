#include "app/application/application.h"

#include "app/application/application_private.h"
#include "platform/autostart.h"
#include "platform/process_setup.h"

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
static void begin(WhApplication *application, WhStart *start)
{
    const WhTrayFuncs funcs = {.chosen = chosen};
    g_autoptr(WhLink) link = wh_link_new(start->socket);
    g_autofree char *state = g_build_filename(g_get_user_state_dir(), "wayhome", STATE_FILE, NULL);
    application->start = start;
    if (start->icons != NULL)
        gtk_icon_theme_append_search_path(gtk_icon_theme_get_default(), start->icons);
    application->model = wh_model_new(link);
    application->requests = wh_tray_requests_new(link, request_failed, application);
    application->copy = wh_keyring_copy_new(application->model);
    wh_keyring_copy_listen(application->copy, copy_changed, application);
    if (!start->background)
        wh_application_show_window(application);
    application->tray = wh_tray_new(application->model, "wayhome", g_get_application_name(),
                                    start->icons, &funcs, application);
    application->announcer = wh_announcer_new(application->model, g_get_application_name(),
                                              WH_APPLICATION_ID, state, acted, application);
    wh_application_add_actions(application);
    /* The notifications are useful without a window, and without a tray. */
    g_application_hold(G_APPLICATION(application));
}

/* NULL: it got what it asked for; otherwise a sentence that says why not. */
static char *start_again(WhApplication *application, const WhStart *start)
{
    char *refusal = wh_start_refusal(start, application->start);
    if (refusal == NULL && !start->background)
        wh_application_show_window(application);
    return refusal;
}

static int command_line(GApplication *base, GApplicationCommandLine *line)
{
    WhApplication *application = WH_APPLICATION(base);
    g_autoptr(WhStart) start = wh_start_new(g_application_command_line_get_options_dict(line),
                                            g_application_command_line_get_cwd(line));
    if (application->model == NULL) {
        begin(application, g_steal_pointer(&start));
        return 0;
    }
    g_autofree char *refusal = start_again(application, start);
    if (refusal == NULL)
        return 0;
    g_application_command_line_printerr(line, "%s\n", refusal);
    return EXIT_FAILURE;
}

/* A click on the desktop entry of a program that runs already. */
static void activate(GApplication *base)
{
    WhApplication *application = WH_APPLICATION(base);
    if (application->model == NULL)
        begin(application, g_new0(WhStart, 1));
    else
        wh_application_show_window(application);
}

/* Another start, where no bus brings its command line. */
static int asked(const char *request, gpointer data)
{
    WhApplication *application = data;
    g_autoptr(WhStart) start = wh_start_new_from_text(request);
    if (start == NULL || application->model == NULL)
        return EXIT_FAILURE;
    g_autofree char *refusal = start_again(application, start);
    return refusal == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void told_to_quit(gpointer data)
{
    g_application_quit(G_APPLICATION(data));
}

/* The name by which desktops find the program's entry; the help shows the one that people type. */
static void start_up(GApplication *base)
{
    g_set_prgname(WH_APPLICATION_ID);
    G_APPLICATION_CLASS(wh_application_parent_class)->startup(base);
    WH_APPLICATION(base)->appearance = wh_appearance_new();
}

static int quit_others(void)
{
    g_autoptr(GError) error = NULL;
    if (wh_single_instance_quit(WH_APPLICATION_ID, &error))
        return EXIT_SUCCESS;
    wh_process_complain("wayhome", error->message);
    return EXIT_FAILURE;
}

/* Who signs in did not ask for anything, and is not held up. */
static void complain(const WhStart *start, const char *sentence)
{
    if (start->background)
        wh_process_complain("wayhome", sentence);
    else
        wh_process_complain_to_person("wayhome", sentence);
}

/* -1: this program goes on; otherwise its exit status, since another one runs already. */
static int be_the_one(WhApplication *application, GVariantDict *options)
{
    static const WhSingleInstanceFuncs funcs = {asked, told_to_quit};
    g_autoptr(WhStart) start = wh_start_new(options, NULL);
    g_autofree char *request = wh_start_to_text(start);
    int answer = 0;
    application->instance = wh_single_instance_new(WH_APPLICATION_ID, request, "--background",
                                                   &funcs, application, &answer);
    if (application->instance != NULL)
        return -1;
    if (answer != EXIT_SUCCESS)
        complain(start, _("Wayhome runs already, and could not do what was asked for. Quit it "
                          "first, then start it again."));
    return answer;
}

static int handle_local_options(GApplication *base, GVariantDict *options)
{
    g_autofree const char **words = NULL;
    if (g_variant_dict_lookup(options, G_OPTION_REMAINING, "^a&ay", &words)) {
        g_printerr(_("“%s” is no option of Wayhome. Try --help.\n"), words[0]);
        return EXIT_FAILURE;
    }
    if (g_variant_dict_contains(options, "version")) {
        g_print("wayhome %s\n", WH_APPLICATION_VERSION);
        return EXIT_SUCCESS;
    }
    if (g_variant_dict_contains(options, "quit"))
        return quit_others();
    if (g_variant_dict_contains(options, "sign-in") && wh_autostart_is_refused(WH_APPLICATION_ID))
        return EXIT_SUCCESS;
    return be_the_one(WH_APPLICATION(base), options);
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
    g_clear_pointer(&application->appearance, wh_appearance_free);
    g_clear_pointer(&application->instance, wh_single_instance_free);
    g_clear_pointer(&application->start, wh_start_free);
    G_APPLICATION_CLASS(wh_application_parent_class)->shutdown(base);
}

/* A start that only asked another one was never shut down. */
static void finalize(GObject *object)
{
    wh_single_instance_free(WH_APPLICATION(object)->instance);
    G_OBJECT_CLASS(wh_application_parent_class)->finalize(object);
}

static void wh_application_class_init(WhApplicationClass *class)
{
    G_OBJECT_CLASS(class)->finalize = finalize;
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
        {"quit", 0, 0, G_OPTION_ARG_NONE, NULL, N_("End the program where it runs"), NULL},
        /* What installers write, who cannot know what each person wants. */
        {"sign-in", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL},
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
    wh_appearance_prepare(WH_APPLICATION_ID);
    gtk_window_set_default_icon_name(WH_APPLICATION_ID);
    return g_object_new(WH_TYPE_APPLICATION, "application-id", WH_APPLICATION_ID, "flags",
                        G_APPLICATION_HANDLES_COMMAND_LINE | wh_single_instance_flags(), NULL);
}
