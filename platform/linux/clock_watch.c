#include "platform/linux/clock_watch_private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <time.h>
#include <unistd.h>

/* The source comes first: its memory lives until the last dispatch is over, so that the owner may
 * free the watch inside the callback. */
struct WhClockWatch {
    GSource source;
    WhClockCalls calls;
    WhClockWatchFunc jumped;
    gpointer data;
    int fd;
    gpointer fd_tag;
};

/* A time that never comes: the timer is there to be cancelled. A clock that was set since the last
 * reading is told here as well (*jumped becomes TRUE), and the timer runs all the same. */
static gboolean arm(WhClockWatch *watch, gboolean *jumped)
{
    const struct itimerspec never = {
        .it_value = {.tv_sec = sizeof(time_t) > 4 ? (time_t)G_MAXINT64 : (time_t)G_MAXINT32}};

    if (watch->calls.set(watch->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0)
        return TRUE;
    *jumped |= errno == ECANCELED;
    return errno == ECANCELED;
}

static gboolean was_cancelled(WhClockWatch *watch)
{
    guint64 expirations;
    gssize got;

    do
        got = watch->calls.read(watch->fd, &expirations, sizeof expirations);
    while (got < 0 && errno == EINTR);
    return got < 0 && errno == ECANCELED;
}

static gboolean watch_dispatch(GSource *source, GSourceFunc callback, gpointer data)
{
    WhClockWatch *watch = (WhClockWatch *)source;
    gboolean jumped = was_cancelled(watch);

    if (!arm(watch, &jumped)) {
        g_warning("The system stopped telling when the clock is set: %s", g_strerror(errno));
        g_source_remove_unix_fd(source, watch->fd_tag);
    }
    if (jumped)
        watch->jumped(watch->data);
    return G_SOURCE_CONTINUE;
}

static void watch_finalize(GSource *source)
{
    WhClockWatch *watch = (WhClockWatch *)source;

    if (watch->fd >= 0)
        close(watch->fd);
}

WhClockWatch *wh_clock_watch_new_under(const WhClockCalls *calls, WhClockWatchFunc jumped,
                                       gpointer data, GError **error)
{
    static GSourceFuncs funcs = {.dispatch = watch_dispatch, .finalize = watch_finalize};
    g_autoptr(GMainContext) context = g_main_context_ref_thread_default();
    WhClockWatch *watch = (WhClockWatch *)g_source_new(&funcs, sizeof *watch);
    gboolean before = FALSE;

    watch->calls = *calls;
    watch->jumped = jumped;
    watch->data = data;
    watch->fd = calls->create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (watch->fd < 0 || !arm(watch, &before)) {
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                    "Nobody tells here when the clock is set: %s", g_strerror(errno));
        g_source_unref(&watch->source);
        return NULL;
    }
    watch->fd_tag = g_source_add_unix_fd(&watch->source, watch->fd, G_IO_IN);
    g_source_set_static_name(&watch->source, "wh-clock-watch");
    g_source_attach(&watch->source, context);
    return watch;
}

WhClockWatch *wh_clock_watch_new(WhClockWatchFunc jumped, gpointer data, GError **error)
{
    const WhClockCalls system = {timerfd_create, timerfd_settime, read};

    return wh_clock_watch_new_under(&system, jumped, data, error);
}

void wh_clock_watch_free(WhClockWatch *watch)
{
    if (watch == NULL)
        return;
    g_source_destroy(&watch->source);
    g_source_unref(&watch->source);
}
