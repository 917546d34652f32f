#include "service/declared/declared_file.h"

#include <string.h>

#define PATH "/etc/a.conf"

static WhDeclaredFile *parse(const char *text, GPtrArray *problems)
{
    return wh_declared_file_parse(PATH, text, strlen(text), "Box.example", problems);
}

static WhDeclaredFile *take(const char *text)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    WhDeclaredFile *file = parse(text, problems);

    if (problems->len > 0)
        g_assert_cmpstr(g_ptr_array_index(problems, 0), ==, "");
    return file;
}

/* The first problem begins so, and holds no secret. */
static void refuse(const char *text, const char *begins)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);
    const char *problem;

    g_assert_null(parse(text, problems));
    g_assert_cmpuint(problems->len, >, 0);
    problem = g_ptr_array_index(problems, 0);
    g_test_message("%s", problem);
    if (!g_str_has_prefix(problem, begins))
        g_assert_cmpstr(problem, ==, begins);
    g_assert_null(strstr(problem, "s3cret"));
    g_assert_true(g_str_has_suffix(problem, "."));
}

static void test_whole(void)
{
    g_autoptr(WhDeclaredFile) file =
        take("# comment\n\n[account]\r\nprovider = duckdns\nlabel=At home\n"
             "field.server=ns.example\n"
             "secret.token=credential:duckdns-token\n"
             "secret.key=file:keys/one\n\n"
             "[host home.example.org]\nipv6=false\nttl=300\n"
             "[host   %h.example.org]");
    const WhDeclaredSecret *secret;
    const WhDeclaredHost *host;

    g_assert_cmpstr(file->provider, ==, "duckdns");
    g_assert_cmpstr(file->label, ==, "At home");
    g_assert_cmpstr(g_hash_table_lookup(file->fields, "server"), ==, "ns.example");
    g_assert_cmpuint(file->secrets->len, ==, 2);
    secret = g_ptr_array_index(file->secrets, 0);
    g_assert_cmpint(secret->place, ==, WH_DECLARED_CREDENTIAL);
    g_assert_cmpstr(secret->where, ==, "duckdns-token");
    g_assert_cmpuint(secret->line, ==, 7);
    secret = g_ptr_array_index(file->secrets, 1);
    g_assert_cmpint(secret->place, ==, WH_DECLARED_PATH);
    g_assert_cmpstr(secret->where, ==, "keys/one");
    g_assert_cmpuint(file->hosts->len, ==, 2);
    host = g_ptr_array_index(file->hosts, 0);
    g_assert_cmpstr(host->name, ==, "home.example.org");
    g_assert_true(host->wants[WH_FAMILY_IPV4]);
    g_assert_false(host->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(host->ttl, ==, 300);
    g_assert_cmpuint(host->line, ==, 10);
    host = g_ptr_array_index(file->hosts, 1);
    g_assert_cmpstr(host->name, ==, "box.example.org");
    g_assert_true(host->wants[WH_FAMILY_IPV6]);
    g_assert_cmpuint(wh_declared_file_line(file, "field.server"), ==, 6);
    g_assert_cmpuint(wh_declared_file_line(file, "field.other"), ==, 3);
}

static void test_says_nothing(void)
{
    g_assert_null(take(""));
    g_assert_null(take("# [account]\n   \n\t# provider=x"));
}

static void test_escapes(void)
{
    g_autoptr(WhDeclaredFile) file =
        take("[account]\nprovider=a\nfield.x=\\sa\\\\b=c \n[host h.example]");

    g_assert_cmpstr(g_hash_table_lookup(file->fields, "x"), ==, " a\\b=c");
    refuse("[account]\nprovider=a\nfield.x=\\q\n[host h.example]", PATH ":3: This is no [group]");
    refuse("[account]\nprovider=a\nfield.x=a\\\n[host h.example]", PATH ":3: This is no [group]");
}

/* As an editor of another system writes it. */
static void test_marked(void)
{
    g_autoptr(WhDeclaredFile) file =
        take("\xef\xbb\xbf[account]\r\nprovider=a\r\n\r\n[host h.example]\r\n");

    g_assert_nonnull(file);
    g_assert_cmpstr(file->provider, ==, "a");
    g_assert_cmpuint(((WhDeclaredHost *)file->hosts->pdata[0])->line, ==, 4);
}

#define GOOD "[account]\nprovider=a\n"
#define HOST "[host h.example]\n"

static void test_lines(void)
{
    refuse(GOOD "s3cret\n" HOST, PATH ":3: This is no [group]");
    refuse(GOOD "=s3cret\n" HOST, PATH ":3: This is no [group]");
    refuse(GOOD "[host h.example\n", PATH ":3: This is no [group]");
    refuse("provider=a\n", PATH ":1: This stands above");
    refuse(GOOD "s3cret=1\n" HOST, PATH ":3: There is no such key");
    refuse(GOOD "field.=1\n" HOST, PATH ":3: There is no such key");
    refuse(GOOD "secret.s3 cret=1\n" HOST, PATH ":3: There is no such key");
    refuse(GOOD "provider=b\n" HOST, PATH ":3: This stands in line 2");
    refuse(GOOD "[hosts]\nipv4=true\n" HOST, PATH ":3: There is no such group");
    refuse(GOOD "[host]\n" HOST, PATH ":3: There is no such group");
    refuse(GOOD HOST "[account]\nprovider=b\n", PATH ":4: A file has one [account]");
    refuse(GOOD "\xff\n" HOST, PATH ":3: This is no text");
}

static void test_missing(void)
{
    refuse(HOST, PATH ":1: There is no [account]");
    refuse("[account]\nlabel=x\n" HOST, PATH ":1: The account has no provider");
    refuse("[account]\nprovider=\n" HOST, PATH ":2: Nothing stands behind");
    refuse(GOOD, PATH ":1: The file names nothing");
}

static void test_hosts(void)
{
    refuse(GOOD HOST "ipv4=1\n", PATH ":4: Say true or false");
    refuse(GOOD HOST "ttl=-1\n", PATH ":4: Give a number");
    refuse(GOOD HOST "ttl=99999999999\n", PATH ":4: Give a number");
    refuse(GOOD HOST "ttl=30\nttl=30\n", PATH ":5: This is said twice");
    refuse(GOOD HOST "name=x\n", PATH ":4: There is no such key");
    refuse(GOOD HOST "ipv4=false\nipv6=no\n", PATH ":3: Neither IPv4");
    refuse(GOOD "[host %x.example]\n", PATH ":3: After a percent sign");
}

static void test_wishes(void)
{
    g_autoptr(WhDeclaredFile) file =
        take(GOOD HOST "suffix=2a02:1::5:6:7:8\nwithhold-unreachable=yes\n"
                       "networks= AA-BB-CC-DD-EE-01/10.1.1.1/8 \t aa:bb:cc:dd:ee:02/10.0.0.0/8 \n"
                       "[host b.example]\nmac=AA:BB:CC:DD:EE:02\n[host c.example]\nlan=true\n");
    const WhDeclaredHost *first = file->hosts->pdata[0], *second = file->hosts->pdata[1];
    const WhDeclaredHost *third = file->hosts->pdata[2];
    char text[WH_SUFFIX_STRLEN];

    g_assert_cmpint(first->device, ==, WH_DEVICE_SUFFIX);
    g_assert_cmpstr(wh_suffix_format(first->suffix, text), ==, "::5:6:7:8");
    g_assert_true(first->withhold_unreachable && !first->lan);
    g_assert_cmpuint(g_strv_length(first->networks), ==, 2);
    g_assert_cmpstr(first->networks[0], ==, "aa:bb:cc:dd:ee:01/10.0.0.0/8");
    g_assert_cmpint(second->device, ==, WH_DEVICE_MAC);
    g_assert_cmpuint(second->mac[5], ==, 2);
    g_assert_null(second->networks);
    g_assert_true(third->lan && third->device == WH_DEVICE_THIS && !third->withhold_unreachable);
}

static void test_wrong_wishes(void)
{
    refuse(GOOD HOST "suffix=1:2:3:4\n", PATH ":4: Give the second half");
    refuse(GOOD HOST "suffix=\n", PATH ":4: Give the second half");
    refuse(GOOD HOST "mac=01:00:00:00:00:01\n", PATH ":4: Give the machine's MAC");
    refuse(GOOD HOST "suffix=::1\nmac=00:00:00:00:00:01\n", PATH ":5: Another machine is known");
    refuse(GOOD HOST "lan=1\n", PATH ":4: Say true or false");
    refuse(GOOD HOST "withhold-unreachable=\n", PATH ":4: Say true or false");
    refuse(GOOD HOST "networks=\n", PATH ":4: Give 1 to 16 networks");
    refuse(GOOD HOST "networks=home\n", PATH ":4: This is no network");
    refuse(GOOD HOST "device=mac\n", PATH ":4: There is no such key");
    g_autoptr(GString) many = g_string_new(GOOD HOST "networks=");
    for (guint i = 0; i < 17; i++)
        g_string_append_printf(many, "aa:bb:cc:dd:ee:01/10.%u.0.0/16 ", i);
    refuse(many->str, PATH ":4: Give 1 to 16 networks");
}

static void test_secrets(void)
{
    refuse(GOOD "secret.token=s3cret\n" HOST, PATH ":3: A secret must not stand here");
    refuse(GOOD "secret.token=\n" HOST, PATH ":3: A secret must not stand here");
    refuse(GOOD "secret.token=file:\n" HOST, PATH ":3: No path");
    refuse(GOOD "secret.token=credential:s3cret/..\n" HOST, PATH ":3: This is no name");
    refuse(GOOD "secret.token=credential:\n" HOST, PATH ":3: This is no name");
}

/* Every problem that a person can correct at once, and no more. */
static void test_several(void)
{
    g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func(g_free);

    g_assert_null(parse(GOOD "a=1\nb=2\n" HOST "c=3\n", problems));
    g_assert_cmpuint(problems->len, ==, 3);
    g_assert_null(parse("1\n2\n3\n4\n5\n6\n7\n8\n9\n", problems));
    g_assert_cmpuint(problems->len, ==, 3 + 5);
}

/* As it is shipped it says nothing; with its settings switched on it is good. */
static void test_example(void)
{
    g_autofree char *text = NULL;
    g_autoptr(GString) on = g_string_new(NULL);
    g_autoptr(WhDeclaredFile) file = NULL;

    g_assert_true(
        g_file_get_contents(WH_SOURCE_DIR "/service/declared/example.conf", &text, NULL, NULL));
    g_assert_null(take(text));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        g_string_append_printf(on, "%s\n", lines[i] + (lines[i][0] == '#' && lines[i][1] != ' '));
    file = take(on->str);
    g_assert_cmpstr(file->provider, ==, "duckdns");
    g_assert_cmpuint(file->secrets->len, ==, 1);
    g_assert_cmpuint(file->hosts->len, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/declared-file/whole", test_whole);
    g_test_add_func("/declared-file/marked", test_marked);
    g_test_add_func("/declared-file/says-nothing", test_says_nothing);
    g_test_add_func("/declared-file/escapes", test_escapes);
    g_test_add_func("/declared-file/lines", test_lines);
    g_test_add_func("/declared-file/missing", test_missing);
    g_test_add_func("/declared-file/hosts", test_hosts);
    g_test_add_func("/declared-file/wishes", test_wishes);
    g_test_add_func("/declared-file/wrong-wishes", test_wrong_wishes);
    g_test_add_func("/declared-file/secrets", test_secrets);
    g_test_add_func("/declared-file/several", test_several);
    g_test_add_func("/declared-file/example", test_example);
    return g_test_run();
}
