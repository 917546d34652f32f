#include "platform/address_monitor.h"

#include "tests/contract/address_monitor_adapter.h"
#include "tests/contract/linux/address_monitor_tests.h"
#include "tests/contract/linux/address_monitor_world.h"
#include "tests/contract/linux/vpn_world.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

gboolean wh_adapter_begin(void)
{
    return wh_world_enter();
}

void wh_adapter_end(void)
{
}

guint wh_adapter_interface(void)
{
    return wh_world_interface("wire0");
}

void wh_adapter_address_add(const char *address)
{
    g_autofree char *line = g_strdup_printf("addr add %s dev wire0 %s", address,
                                            strchr(address, ':') != NULL ? "nodad" : "");

    wh_world_ip(line);
}

void wh_adapter_address_remove(const char *address)
{
    g_autofree char *line = g_strdup_printf("addr del %s dev wire0", address);

    wh_world_ip(line);
}

gboolean wh_adapter_has_lifetimes(void)
{
    return TRUE;
}

gboolean wh_adapter_has_routes(guint family)
{
    return TRUE;
}

void wh_adapter_route_set(guint family, const char *gateway)
{
    g_autofree char *line =
        gateway != NULL
            ? g_strdup_printf("-%u route replace default via %s dev wire0", family, gateway)
            : g_strdup_printf("-%u route del default", family);

    wh_world_ip(line);
}

static int *the_tunnel(void)
{
    static int tunnel = -1;

    return &tunnel;
}

guint wh_adapter_vpn_start(void)
{
    *the_tunnel() = wh_vpn_world_open_tunnel();
    if (*the_tunnel() < 0)
        return 0;
    wh_world_ip("route add 0.0.0.0/1 dev vpn0\nroute add 128.0.0.0/1 dev vpn0");
    return wh_world_interface("vpn0");
}

void wh_adapter_vpn_stop(void)
{
    wh_vpn_world_close_tunnel(*the_tunnel());
}

typedef struct {
    WhAddressMonitorFunc changed;
    gpointer data;
} Request;

/* A filter holds for its thread only: the monitor is made in one that may not bind a socket. */
static gpointer refused_run(gpointer data)
{
    Request *request = data;
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bind, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {.len = G_N_ELEMENTS(code), .filter = code};

    g_assert_cmpint(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
    g_assert_cmpint(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
    return wh_address_monitor_new(request->changed, request->data, NULL);
}

WhAddressMonitor *wh_adapter_monitor_new_refused(WhAddressMonitorFunc changed, gpointer data)
{
    Request request = {changed, data};
    WhAddressMonitor *monitor = g_thread_join(g_thread_new("refused", refused_run, &request));

    g_assert_nonnull(monitor);
    return monitor;
}

void wh_adapter_add_tests(void)
{
    wh_address_monitor_tests_add_addresses();
    wh_address_monitor_tests_add_links();
    wh_address_monitor_tests_add_routes();
    wh_address_monitor_tests_add_vpn();
    wh_address_monitor_tests_add_socket();
}
