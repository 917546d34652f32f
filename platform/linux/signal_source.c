#include "platform/linux/signal_source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

typedef struct {
    GSource source;
    WhSignalSourceFunc stop;
    WhSignalSourceFunc reload;
    gpointer data;
    int fd;
    sigset_t mask_before;
    gboolean stopped;
    gboolean has_terminal;
} SignalSource;

/* A person who presses Ctrl+C again wants the end at once. Programs say SIGTERM twice by habit
 * (timeout(1) to the process and then to its group), and mean what they said the first time. */
static void interrupt_release(SignalSource *signals)
{
    sigset_t interrupt;

    if (sigismember(&signals->mask_before, SIGINT))
        return;
    sigemptyset(&interrupt);
    sigaddset(&interrupt, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &interrupt, NULL);
}

static gboolean terminal_is_there(void)
{
    int fd = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static gboolean signal_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    SignalSource *signals = (SignalSource *)source;
    struct signalfd_siginfo info;
    gboolean stop = FALSE;
    gboolean reload = FALSE;

    /* All that wait are taken: a SIGINT left behind would end the program the moment it may. */
    while (read(signals->fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGHUP && !signals->has_terminal)
            reload = TRUE;
        else
            stop = TRUE;
    }
    if (signals->stopped)
        return G_SOURCE_CONTINUE;
    if (stop) {
        signals->stopped = TRUE;
        interrupt_release(signals);
        signals->stop(signals->data);
    } else if (reload && signals->reload != NULL) {
        signals->reload(signals->data);
    }
    return G_SOURCE_CONTINUE;
}

static void signal_finalize(GSource *source)
{
    SignalSource *signals = (SignalSource *)source;

    close(signals->fd);
}

GSource *wh_signal_source_new(WhSignalSourceFunc stop, WhSignalSourceFunc reload, gpointer data)
{
    static GSourceFuncs funcs = {.dispatch = signal_dispatch, .finalize = signal_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    SignalSource *signals;
    sigset_t set;
    int fd;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0) {
        g_warning("Signals cannot be waited for: %s", g_strerror(errno));
        return NULL;
    }
    signals = (SignalSource *)g_source_new(&funcs, sizeof *signals);
    signals->fd = fd;
    signals->stop = stop;
    signals->reload = reload;
    signals->has_terminal = terminal_is_there();
    signals->data = data;
    pthread_sigmask(SIG_BLOCK, &set, &signals->mask_before);
    g_source_add_unix_fd(&signals->source, fd, G_IO_IN);
    g_source_set_static_name(&signals->source, "wh-signals");
    g_source_attach(&signals->source, context);
    return &signals->source;
}

void wh_signal_source_free(GSource *source)
{
    SignalSource *signals = (SignalSource *)source;

    if (source == NULL)
        return;
    if (!signals->stopped)
        pthread_sigmask(SIG_SETMASK, &signals->mask_before, NULL);
    g_source_destroy(source);
    g_source_unref(source);
}
