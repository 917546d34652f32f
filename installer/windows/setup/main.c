#include "installer/windows/setup/setup.h"

#include "platform/process_setup.h"
#include "platform/windows/text.h"
#include "service/base/product.h"

#include <stdlib.h>
#include <windows.h>

#define PROGRAM "wayhome-setup"
#define SOURCE L"Wayhome"
#define MOST_PATH 32768

/* As of messages.mc. */
#define EVENT_WARNING 2
#define EVENT_ERROR 3

/* Nobody sees what a program prints that Windows Installer runs: the event log keeps it. */
static void say(const char *sentence, gboolean is_fatal, gpointer data)
{
    HANDLE source = RegisterEventSourceW(NULL, SOURCE);
    g_autofree wchar_t *wide = wh_windows_wide(sentence);
    const wchar_t *inserts[] = {wide};

    g_printerr(PROGRAM ": %s\n", sentence);
    if (source == NULL)
        return;
    ReportEventW(source, is_fatal ? EVENTLOG_ERROR_TYPE : EVENTLOG_WARNING_TYPE, 0,
                 is_fatal ? EVENT_ERROR : EVENT_WARNING, NULL, G_N_ELEMENTS(inserts), 0, inserts,
                 NULL);
    DeregisterEventSource(source);
}

static void print_help(void)
{
    g_print("Usage: " PROGRAM
            " VERB\n\nWindows Installer runs this. A person hardly needs it.\n\n");
    for (const WhSetupVerb *verb = wh_setup_verbs(); verb->name != NULL; verb++)
        g_print("  %-12s %s\n", verb->name, verb->summary);
    g_print("\nWhat went wrong is in Event Viewer: Windows Logs, Application, source Wayhome.\n");
}

static char *program_folder(void)
{
    g_autofree wchar_t *wide = g_new0(wchar_t, MOST_PATH);
    DWORD length = GetModuleFileNameW(NULL, wide, MOST_PATH);
    g_autofree char *path = wh_windows_utf8_of(wide, length);

    return g_path_get_dirname(path);
}

/* Wine says that it is Wine by a function of its own. */
static gboolean runs_in_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

static int run(const WhSetupVerb *verb)
{
    WhSetup setup = {.bin = program_folder(), .is_wine = runs_in_wine(), .say = say};
    gboolean done = wh_setup_run(verb, &setup);

    g_free(setup.bin);
    return done ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    g_auto(GStrv) arguments = NULL;
    const char *name;

    wh_process_setup();
    arguments = wh_process_arguments(argc, argv);
    name = arguments[0] != NULL && g_strv_length(arguments) == 2 ? arguments[1] : NULL;
    if (g_strcmp0(name, "--help") == 0) {
        print_help();
        return EXIT_SUCCESS;
    }
    if (g_strcmp0(name, "--version") == 0) {
        g_print(PROGRAM " %s\n", WH_VERSION);
        return EXIT_SUCCESS;
    }
    if (wh_setup_verb(name) == NULL) {
        g_printerr("This needs one verb. Try: " PROGRAM " --help\n");
        return 2;
    }
    return run(wh_setup_verb(name));
}
