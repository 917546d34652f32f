#include "platform/service_host.h"

#include "platform/linux/service_manager.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/child.h"
#include "tests/contract/service_host_adapter.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct {
    char *folder;
    int socket; /* where the manager listens */
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

void wh_adapter_begin(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_autofree char *path = NULL;

    world()->folder = wh_helper_folder_new();
    path = g_build_filename(world()->folder, "notify", NULL);
    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    world()->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    g_assert_cmpint(bind(world()->socket, (struct sockaddr *)&address, sizeof address), ==, 0);
    g_setenv("NOTIFY_SOCKET", path, TRUE);
}

void wh_adapter_end(void)
{
    close(world()->socket);
    wh_helper_folder_remove(world()->folder);
    g_unsetenv("NOTIFY_SOCKET");
    g_unsetenv("WATCHDOG_USEC");
    g_unsetenv("WATCHDOG_PID");
}

WhServiceHost *wh_adapter_host_new(WhServiceHostFunc stop, WhServiceHostFunc reload, gpointer data)
{
    return wh_service_host_new(stop, reload, data);
}

/* Far from the terminal that the tests may have been started from. */
void wh_adapter_reload(void)
{
    kill(getpid(), SIGHUP);
}

void wh_adapter_stop(void)
{
    kill(getpid(), SIGTERM);
    kill(getpid(), SIGINT);
}

static char *next_datagram(void)
{
    char buffer[1024];
    ssize_t got = recv(world()->socket, buffer, sizeof buffer, 0);

    return got > 0 ? g_strndup(buffer, (gsize)got) : NULL;
}

/* "READY=1\nSTATUS=x" becomes "ready: x". */
static char *datagram_words(const char *datagram)
{
    if (g_str_has_prefix(datagram, "READY=1\nSTATUS="))
        return g_strconcat("ready: ", datagram + strlen("READY=1\nSTATUS="), NULL);
    if (g_str_has_prefix(datagram, "STATUS="))
        return g_strconcat("status: ", datagram + strlen("STATUS="), NULL);
    if (g_str_equal(datagram, "STOPPING=1"))
        return g_strdup("stopping");
    return g_strdup(datagram);
}

char *wh_adapter_told(void)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    char *datagram;

    while ((datagram = next_datagram()) != NULL) {
        g_ptr_array_add(lines, datagram_words(datagram));
        g_free(datagram);
    }
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("|", (char **)lines->pdata);
}

static void count(gpointer data)
{
    ++*(guint *)data;
}

static gboolean watchdog_was_fed(gpointer data)
{
    g_autofree char *datagram = next_datagram();

    if (datagram == NULL)
        return FALSE;
    g_assert_cmpstr(datagram, ==, "WATCHDOG=1");
    return ++*(guint *)data == 3;
}

static void test_watchdog_is_fed(void)
{
    g_autofree char *pid = g_strdup_printf("%d", getpid());
    guint fed = 0;
    WhServiceHost *host;

    wh_adapter_begin();
    g_setenv("WATCHDOG_USEC", "20000", TRUE);
    g_setenv("WATCHDOG_PID", pid, TRUE);
    host = wh_service_host_new(count, NULL, &fed);
    wh_helper_until(watchdog_was_fed, &fed);
    wh_service_host_free(host);
    wh_adapter_end();
}

static void test_by_hand(void)
{
    guint stops = 0;
    WhServiceHost *host = wh_service_host_new(count, NULL, &stops);

    wh_service_host_ready(host, "a");
    wh_service_host_stopping(host);
    kill(getpid(), SIGINT);
    wh_helper_for_count(&stops, 1);
    wh_service_host_free(host);
}

static void test_no_core_dump(void)
{
    WhServiceHost *host = wh_service_host_new(count, NULL, NULL);
    struct rlimit limit;

    g_assert_cmpint(prctl(PR_GET_DUMPABLE), ==, 0);
    getrlimit(RLIMIT_CORE, &limit);
    g_assert_cmpuint(limit.rlim_cur, ==, 0);
    g_assert_cmpuint(limit.rlim_max, ==, 0);
    wh_service_host_free(host);
}

static void hanging_run(gpointer data)
{
    guint stops = 0;
    WhServiceHost *host = wh_service_host_new(count, NULL, &stops);

    kill(getpid(), SIGTERM);
    wh_helper_for_count(&stops, 1);
    kill(getpid(), SIGINT);
    wh_service_host_free(host);
    _exit(1);
}

static void terminal_run(gpointer data)
{
    guint stops = 0;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    WhServiceHost *host;
    int fd;

    setsid();
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0)
        _exit(77);
    fd = open(ptsname(terminal), O_RDWR);
    if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0)
        _exit(77);
    host = wh_service_host_new(count, NULL, &stops);
    close(fd);
    close(terminal);
    wh_helper_for_count(&stops, 1);
    wh_service_host_free(host);
    _exit(0);
}

static void test_goes_with_its_terminal(void)
{
    int status = wh_child_wait(wh_child_start(geteuid(), terminal_run, NULL));

    if (status == 77)
        g_test_skip("there are no terminals here");
    else
        g_assert_cmpint(status, ==, 0);
}

/* The last one comes when all is freed and only the end of main() is left. */
static void repeated_run(gpointer data)
{
    guint stops = 0;
    WhServiceHost *host = wh_service_host_new(count, NULL, &stops);

    kill(getpid(), SIGTERM);
    wh_helper_for_count(&stops, 1);
    kill(getpid(), SIGTERM);
    wh_service_host_free(host);
    kill(getpid(), SIGTERM);
    _exit(stops == 1 ? 0 : 1);
}

static void test_repeated_request_changes_nothing(void)
{
    g_assert_cmpint(wh_child_wait(wh_child_start(geteuid(), repeated_run, NULL)), ==, 0);
}

static void test_second_interrupt_ends_a_hanging_service(void)
{
    g_assert_cmpint(wh_child_wait(wh_child_start(geteuid(), hanging_run, NULL)), ==, -SIGINT);
}

/* A name without a file, as containers use it. */
static void test_abstract_address(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_autofree char *name = g_strdup_printf("@wayhome-test-%d", getpid());
    g_autofree char *told = NULL;
    gsize length = strlen(name);
    WhServiceHost *host;

    wh_adapter_begin();
    close(world()->socket);
    memcpy(address.sun_path + 1, name + 1, length - 1);
    world()->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    g_assert_cmpint(bind(world()->socket, (struct sockaddr *)&address,
                         (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
                    ==, 0);
    g_setenv("NOTIFY_SOCKET", name, TRUE);
    host = wh_service_host_new(count, NULL, NULL);
    wh_service_host_ready(host, "here");
    told = wh_adapter_told();
    g_assert_cmpstr(told, ==, "ready: here");
    wh_service_host_free(host);
    wh_adapter_end();
}

static void fill_the_queue(void)
{
    const char *path = g_getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    while (sendto(fd, "X", 1, MSG_DONTWAIT, (struct sockaddr *)&address, sizeof address) == 1)
        ;
    g_assert_cmpint(errno, ==, EAGAIN);
    close(fd);
}

static gboolean has_told(gpointer data)
{
    GString *told = data;
    g_autofree char *more = wh_adapter_told();

    g_string_append(told, more);
    return strstr(told->str, "STOPPING=1") != NULL;
}

/* Type=notify waits for READY=1 and kills what does not say it. */
static void test_busy_manager_hears_everything(void)
{
    g_autoptr(GString) told = g_string_new(NULL);
    WhServiceHost *host;

    wh_adapter_begin();
    host = wh_service_host_new(count, NULL, NULL);
    fill_the_queue();
    wh_service_host_ready(host, "first");
    wh_service_host_status(host, "second");
    wh_service_host_stopping(host);
    wh_helper_until(has_told, told);
    g_assert_nonnull(strstr(told->str, "ready: first\nSTATUS=second\nSTOPPING=1"));
    wh_service_host_free(host);
    wh_adapter_end();
}

/* The variables of a parent that did not take them out are not meant for us. */
static void test_watchdog_is_for_this_process(void)
{
    g_autofree char *own = g_strdup_printf("%d", getpid());

    g_setenv("WATCHDOG_USEC", "2000", TRUE);
    g_assert_cmpuint(wh_service_manager_watchdog(), ==, 2000);
    g_setenv("WATCHDOG_PID", own, TRUE);
    g_assert_cmpuint(wh_service_manager_watchdog(), ==, 2000);
    g_setenv("WATCHDOG_PID", "1", TRUE);
    g_assert_cmpuint(wh_service_manager_watchdog(), ==, 0);
    g_unsetenv("WATCHDOG_PID");
    g_setenv("WATCHDOG_USEC", "soon", TRUE);
    g_assert_cmpuint(wh_service_manager_watchdog(), ==, 0);
    g_unsetenv("WATCHDOG_USEC");
}

static void test_mask_is_restored(void)
{
    sigset_t before;
    sigset_t after;
    WhServiceHost *host;

    pthread_sigmask(SIG_SETMASK, NULL, &before);
    host = wh_service_host_new(count, NULL, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    g_assert_true(sigismember(&after, SIGTERM));
    wh_service_host_free(host);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    g_assert_cmpint(sigismember(&after, SIGTERM), ==, sigismember(&before, SIGTERM));
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/service-host/linux/watchdog-is-fed", test_watchdog_is_fed);
    g_test_add_func("/service-host/linux/by-hand", test_by_hand);
    g_test_add_func("/service-host/linux/no-core-dump", test_no_core_dump);
    g_test_add_func("/service-host/linux/second-interrupt-ends-a-hanging-service",
                    test_second_interrupt_ends_a_hanging_service);
    g_test_add_func("/service-host/linux/goes-with-its-terminal", test_goes_with_its_terminal);
    g_test_add_func("/service-host/linux/repeated-request-changes-nothing",
                    test_repeated_request_changes_nothing);
    g_test_add_func("/service-host/linux/abstract-address", test_abstract_address);
    g_test_add_func("/service-host/linux/busy-manager-hears-everything",
                    test_busy_manager_hears_everything);
    g_test_add_func("/service-host/linux/watchdog-is-for-this-process",
                    test_watchdog_is_for_this_process);
    g_test_add_func("/service-host/linux/mask-is-restored", test_mask_is_restored);
}
