#include "tests/contract/linux/address_monitor_world.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static gboolean text_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    gboolean written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

    if (fd >= 0)
        close(fd);
    return written;
}

/* Without privileges a user namespace comes first, in which this user is root. */
static gboolean namespace_enter(void)
{
    g_autofree char *uid_map = g_strdup_printf("0 %u 1", geteuid());
    g_autofree char *gid_map = g_strdup_printf("0 %u 1", getegid());

    if (unshare(CLONE_NEWNET) == 0)
        return TRUE;
    return unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 &&
           text_write("/proc/self/setgroups", "deny") &&
           text_write("/proc/self/uid_map", uid_map) && text_write("/proc/self/gid_map", gid_map);
}

void wh_world_ip(const char *lines)
{
    g_auto(GStrv) commands = g_strsplit(lines, "\n", -1);
    FILE *shell = popen("sh -e", "we");

    g_assert_nonnull(shell);
    for (guint i = 0; commands[i] != NULL; i++) {
        if (commands[i][0] != '\0')
            g_assert_cmpint(fprintf(shell, "ip %s\n", commands[i]), >, 0);
    }
    g_assert_cmpint(pclose(shell), ==, 0);
}

gboolean wh_world_set(const char *knob, const char *value)
{
    g_autofree char *path = g_build_filename("/proc/sys/net", knob, NULL);

    return text_write(path, value);
}

guint wh_world_interface(const char *name)
{
    guint interface = if_nametoindex(name);

    g_assert_cmpuint(interface, >, 0);
    return interface;
}

/* The carrier is announced by a worker of the kernel, a moment after the command. */
void wh_world_until_running(const char *name)
{
    struct ifreq request = {0};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    gint64 deadline = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;

    g_strlcpy(request.ifr_name, name, sizeof request.ifr_name);
    while ((request.ifr_flags & IFF_RUNNING) == 0) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_assert_cmpint(ioctl(fd, SIOCGIFFLAGS, &request), ==, 0);
        g_thread_yield();
    }
    close(fd);
}

gboolean wh_world_enter_empty(void)
{
    g_autofree char *ip = g_find_program_in_path("ip");

    if (ip == NULL) {
        g_test_skip("The command ip(8) is not installed");
        return FALSE;
    }
    if (!namespace_enter()) {
        g_autofree char *reason =
            g_strdup_printf("Network namespaces cannot be made here: %s", g_strerror(errno));

        g_test_skip(reason);
        return FALSE;
    }
    return TRUE;
}

gboolean wh_world_enter(void)
{
    if (!wh_world_enter_empty())
        return FALSE;
    if (system("ip link add wire0 type veth peer name wire1 2>/dev/null") != 0) {
        g_test_skip("The kernel has no virtual cables (veth)");
        return FALSE;
    }
    /* No link-local addresses: they would come at a time of their own. */
    wh_world_ip("link set wire0 addrgenmode none\n"
                "link set wire1 addrgenmode none\n"
                "link set lo up\n"
                "link set wire1 up\n"
                "link set wire0 up\n");
    wh_world_until_running("wire0");
    wh_world_until_running("wire1");
    return TRUE;
}
