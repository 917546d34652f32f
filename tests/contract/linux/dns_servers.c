#include "tests/contract/dns_servers_adapter.h"

#include "platform/linux/dns_servers_private.h"
#include "tests/contract/helper.h"

#include <string.h>

static char **servers_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    char *folder = wh_helper_folder_new();
    g_autofree char *path = g_build_filename(folder, "resolv.conf", NULL);
    char **servers;

    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    servers = wh_dns_servers_read(path);
    wh_helper_folder_remove(folder);
    return servers;
}

char **wh_adapter_dns_servers(const char *const *addresses)
{
    g_autoptr(GString) text = g_string_new("# a comment\nsearch example.net\n");

    for (guint i = 0; addresses[i] != NULL; i++)
        g_string_append_printf(text, "nameserver %s\n", addresses[i]);
    return servers_of(text->str);
}

static void check(const char *text, const char *expected)
{
    g_auto(GStrv) servers = servers_of(text);
    g_autofree char *joined = g_strjoinv(" ", servers);

    g_assert_cmpstr(joined, ==, expected);
}

static void test_lines_as_people_write_them(void)
{
    check("nameserver\t 192.0.2.1  # home\r\n", "192.0.2.1");
    check("nameserver 192.0.2.1", "192.0.2.1");
    check("#nameserver 192.0.2.1\n;nameserver 192.0.2.2\n", "127.0.0.1");
    check("nameservers 192.0.2.1\nnameserver\nnameserver \n", "127.0.0.1");
    check("nameserver dns.example.net\nnameserver 192.0.2.9\n", "192.0.2.9");
}

static void test_missing_file(void)
{
    g_auto(GStrv) servers = wh_dns_servers_read("/nonexistent/resolv.conf");

    g_assert_cmpstr(servers[0], ==, "127.0.0.1");
    g_assert_null(servers[1]);
}

static void test_endless_file_is_cut_off(void)
{
    g_autofree char *text = g_strnfill(1024 * 1024, '\n');

    memcpy(text + 512 * 1024, "nameserver 192.0.2.1", strlen("nameserver 192.0.2.1"));
    check(text, "127.0.0.1");
}

void wh_adapter_add_tests(void)
{
    g_test_add_func("/dns-servers/linux/lines-as-people-write-them",
                    test_lines_as_people_write_them);
    g_test_add_func("/dns-servers/linux/missing-file", test_missing_file);
    g_test_add_func("/dns-servers/linux/endless-file-is-cut-off", test_endless_file_is_cut_off);
}
