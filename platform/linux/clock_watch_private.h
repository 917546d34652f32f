/* What the tests of the Linux clock watch need besides. */
#pragma once

#include "platform/clock_watch.h"

#include <sys/timerfd.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* The system's calls, or those of a test, which must not set the computer's clock. */
typedef struct {
    int (*create)(int clock, int flags);
    int (*set)(int fd, int flags, const struct itimerspec *value, struct itimerspec *before);
    ssize_t (*read)(int fd, void *buffer, size_t size);
} WhClockCalls;

WhClockWatch *wh_clock_watch_new_under(const WhClockCalls *calls, WhClockWatchFunc jumped,
                                       gpointer data, GError **error);

G_END_DECLS
