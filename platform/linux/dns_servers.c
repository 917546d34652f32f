#include "platform/dns_servers.h"

#include "platform/linux/dns_servers_private.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#define RESOLV_CONF "/etc/resolv.conf"
#define NO_SERVER "127.0.0.1"
#define MAX_SERVERS 3
#define MAX_BYTES (64 * 1024)
#define KEYWORD "nameserver"
#define BLANKS " \t\r"

/* The first MAX_BYTES of the file; "" when there is none. */
static char *text_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    g_autofree char *text = g_malloc0(MAX_BYTES + 1);
    gsize length = 0;
    ssize_t got = 1;

    if (fd < 0)
        return g_strdup("");
    while (got > 0 && length < MAX_BYTES) {
        got = TEMP_FAILURE_RETRY(read(fd, text + length, MAX_BYTES - length));
        length += got > 0 ? (gsize)got : 0;
    }
    close(fd);
    return g_strdup(text);
}

/* The address of a "nameserver" line, a zone such as "%eth0" included; NULL for any other line. */
static char *line_server(const char *line)
{
    gsize keyword = strlen(KEYWORD);
    g_autofree char *server = NULL;
    g_autofree char *bare = NULL;

    if (!g_str_has_prefix(line, KEYWORD) || line[keyword] == '\0' ||
        strchr(BLANKS, line[keyword]) == NULL)
        return NULL;
    line += keyword + strspn(line + keyword, BLANKS);
    server = g_strndup(line, strcspn(line, BLANKS));
    bare = g_strndup(server, strcspn(server, "%"));
    return g_hostname_is_ip_address(bare) ? g_steal_pointer(&server) : NULL;
}

char **wh_dns_servers_read(const char *path)
{
    g_autofree char *text = text_read(path);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *servers = g_ptr_array_new();

    for (guint i = 0; lines[i] != NULL && servers->len < MAX_SERVERS; i++) {
        char *server = line_server(lines[i]);

        if (server != NULL)
            g_ptr_array_add(servers, server);
    }
    if (servers->len == 0)
        g_ptr_array_add(servers, g_strdup(NO_SERVER));
    g_ptr_array_add(servers, NULL);
    return (char **)g_ptr_array_free(servers, FALSE);
}

char **wh_dns_servers_list(void)
{
    return wh_dns_servers_read(RESOLV_CONF);
}
