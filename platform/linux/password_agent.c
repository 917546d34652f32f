#include "platform/password_agent.h"

#include <errno.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <termios.h>
#include <unistd.h>

#define PROGRAM "pkttyagent"

/* Which of its files the agent closes once it is ready. */
#define READY_FD 3

/* It only has to reach the system bus. */
#define PATIENCE_MS 10000

/* terminal: as it was, where standard input is one. */
struct WhPasswordAgent {
    GSubprocess *process;
    struct termios terminal;
    gboolean has_terminal;
};

/* It must not stay behind, whatever ends this program. */
static void end_with_parent(gpointer data)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/* It asks at the terminal itself; what it says besides, when nothing can be asked, is said better
 * by what was to be done. */
static GSubprocess *start(int ready, GError **error)
{
    g_autofree char *program = g_find_program_in_path(PROGRAM);
    if (program == NULL) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                            "This system has nothing that asks for a password at a terminal "
                            "(pkttyagent, of polkit)");
        close(ready);
        return NULL;
    }
    g_autofree char *process = g_strdup_printf("%ld", (long)getpid());
    g_autofree char *fd = g_strdup_printf("%d", READY_FD);
    const char *const arguments[] = {program, "--process",  process, "--notify-fd",
                                     fd,      "--fallback", NULL};
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDIN_INHERIT | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
    g_subprocess_launcher_set_child_setup(launcher, end_with_parent, NULL, NULL);
    g_subprocess_launcher_take_fd(launcher, ready, READY_FD);
    return g_subprocess_launcher_spawnv(launcher, arguments, error);
}

/* Until it has closed its end: it is ready, or has ended. */
static gboolean wait_until_ready(int ready, GError **error)
{
    struct pollfd waiting = {.fd = ready, .events = POLLIN};
    int got;
    do {
        got = poll(&waiting, 1, PATIENCE_MS);
    } while (got < 0 && errno == EINTR);
    if (got > 0)
        return TRUE;
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                        "What asks for passwords at a terminal (pkttyagent) does not start");
    return FALSE;
}

WhPasswordAgent *wh_password_agent_new(GError **error)
{
    int ready[2];
    if (!g_unix_open_pipe(ready, FD_CLOEXEC, error))
        return NULL;
    g_autoptr(WhPasswordAgent) agent = g_new0(WhPasswordAgent, 1);
    agent->has_terminal = tcgetattr(STDIN_FILENO, &agent->terminal) == 0;
    agent->process = start(ready[1], error);
    gboolean is_ready = agent->process != NULL && wait_until_ready(ready[0], error);
    close(ready[0]);
    return is_ready ? g_steal_pointer(&agent) : NULL;
}

void wh_password_agent_free(WhPasswordAgent *agent)
{
    if (agent == NULL)
        return;
    if (agent->process != NULL) {
        g_subprocess_send_signal(agent->process, SIGTERM);
        g_subprocess_wait(agent->process, NULL, NULL);
        g_object_unref(agent->process);
    }
    /* One that was ended in the middle of a question leaves the terminal silent. */
    if (agent->has_terminal)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &agent->terminal);
    g_free(agent);
}
