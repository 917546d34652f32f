#include "installer/windows/setup/setup.h"

#include "platform/paths.h"
#include "platform/process_setup.h"
#include "platform/windows/event_log.h"
#include "service/base/product.h"

#include <stdlib.h>
#include <windows.h>

#define PROGRAM "wayhome-setup"

/* As of syslog. */
#define PRIORITY_ERROR "3"
#define PRIORITY_WARNING "4"

/* Nobody sees what a program prints that Windows Installer runs: the event log keeps it. */
static void say(const char *sentence, gboolean is_fatal, gpointer data)
{
    const GLogField fields[] = {{"MESSAGE", sentence, -1},
                                {"PRIORITY", is_fatal ? PRIORITY_ERROR : PRIORITY_WARNING, -1}};
    g_autoptr(WhEventEntry) entry = wh_event_entry_new(fields, G_N_ELEMENTS(fields));

    g_printerr(PROGRAM ": %s\n", sentence);
    wh_event_log_write(entry);
}

static void print_help(void)
{
    g_print("Usage: " PROGRAM
            " VERB\n\nWindows Installer runs this. A person hardly needs it.\n\n");
    for (const WhSetupVerb *verb = wh_setup_verbs(); verb->name != NULL; verb++)
        g_print("  %-12s %s\n", verb->name, verb->summary);
    g_print("\nAll but purge-user take a terminal that was opened as an administrator.\n"
            "What went wrong is in Event Viewer: Windows Logs, Application, source Wayhome.\n");
}

/* Wine says that it is Wine by a function of its own. */
static gboolean runs_in_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

/* The system is one, too; somebody whom User Account Control has not asked yet is none. */
static gboolean is_administrator(void)
{
    BYTE administrators[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof administrators;
    BOOL is = FALSE;

    return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, administrators, &size) &&
           CheckTokenMembership(NULL, administrators, &is) && is;
}

static int run(const WhSetupVerb *verb)
{
    g_autofree char *program = wh_paths_program(PROGRAM);
    g_autofree char *bin = g_path_get_dirname(program);
    const WhSetup setup = {.bin = bin, .is_wine = runs_in_wine(), .say = say};

    if (verb->is_personal || is_administrator())
        return wh_setup_run(verb, &setup) ? EXIT_SUCCESS : EXIT_FAILURE;
    g_printerr("This is for administrators. Right click on Terminal in the Start menu, choose “Run "
               "as administrator”, and enter it there.\n");
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    g_auto(GStrv) arguments = NULL;
    const char *name;

    /* It has no console of its own; whoever enters it in a terminal sees there what it says. */
    AttachConsole(ATTACH_PARENT_PROCESS);
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
