#include "tests/contract/linux/child.h"

#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the child writes its word; above what tests use. */
#define READY_FD 200

struct WhChild {
    pid_t pid;
    int ready;
};

WhChild *wh_child_start(guint uid, void (*func)(gpointer data), gpointer data)
{
    WhChild *child = g_new0(WhChild, 1);
    int ends[2];

    g_assert_cmpint(pipe(ends), ==, 0);
    child->ready = ends[0];
    child->pid = fork();
    g_assert_cmpint(child->pid, >=, 0);
    if (child->pid > 0) {
        close(ends[1]);
        return child;
    }
    dup2(ends[1], READY_FD);
    close(ends[1]);
    if (uid != geteuid() && setuid(uid) != 0)
        _exit(99);
    func(data);
    _exit(98);
}

void wh_child_ready(void)
{
    if (write(READY_FD, "r", 1) != 1)
        _exit(97);
}

gboolean wh_child_is_ready(WhChild *child)
{
    char byte;

    return read(child->ready, &byte, 1) == 1;
}

int wh_child_wait(WhChild *child)
{
    int status = 0;

    g_assert_cmpint(waitpid(child->pid, &status, 0), ==, child->pid);
    close(child->ready);
    g_free(child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void wh_child_kill(WhChild *child)
{
    kill(child->pid, SIGKILL);
    wh_child_wait(child);
}
