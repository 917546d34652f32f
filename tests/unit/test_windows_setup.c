/* What wayhome-setup decides, without touching service manager or firewall. */
#include "installer/windows/setup/firewall.h"
#include "installer/windows/setup/personal.h"
#include "installer/windows/setup/programs.h"
#include "installer/windows/setup/removal.h"
#include "installer/windows/setup/service.h"
#include "installer/windows/setup/setup.h"

#include <glib/gstdio.h>
#include <string.h>
#include <windows.h>

#include <wincred.h>

static void test_fatal(void)
{
    g_assert_true(wh_setup_is_fatal(WH_SETUP_MUST, FALSE));
    g_assert_true(wh_setup_is_fatal(WH_SETUP_MUST, TRUE));
    g_assert_true(wh_setup_is_fatal(WH_SETUP_NOT_WINE, FALSE));
    g_assert_false(wh_setup_is_fatal(WH_SETUP_NOT_WINE, TRUE));
    g_assert_false(wh_setup_is_fatal(WH_SETUP_TRY, FALSE));
    g_assert_false(wh_setup_is_fatal(WH_SETUP_TRY, TRUE));
}

/* What was said and done, a letter each. */
static void noted(const char *sentence, gboolean is_fatal, gpointer data)
{
    g_assert_nonnull(strstr(sentence, "Wayhome could not do it. no luck"));
    g_string_append_c(data, is_fatal ? 'F' : 's');
}

static gboolean succeed(const WhSetup *setup, GError **error)
{
    g_string_append_c(setup->data, '+');
    return TRUE;
}

static gboolean fail(const WhSetup *setup, GError **error)
{
    g_string_append_c(setup->data, '-');
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "no luck");
    return FALSE;
}

static void check_run(const WhSetupStep *steps, gsize n_steps, gboolean is_wine, gboolean done,
                      const char *log)
{
    g_autoptr(GString) found = g_string_new(NULL);
    const WhSetup setup = {.is_wine = is_wine, .say = noted, .data = found};
    const WhSetupVerb verb = {"test", "", steps, n_steps};

    g_assert_cmpint(wh_setup_run(&verb, &setup), ==, done);
    g_assert_cmpstr(found->str, ==, log);
}

static void test_run(void)
{
    const WhSetupStep steps[] = {
        {"do it", succeed, WH_SETUP_MUST},  {"do it", fail, WH_SETUP_TRY},
        {"do it", fail, WH_SETUP_NOT_WINE}, {"do it", fail, WH_SETUP_MUST},
        {"do it", succeed, WH_SETUP_MUST},
    };

    check_run(steps, G_N_ELEMENTS(steps), FALSE, FALSE, "+-s-F");
    check_run(steps, G_N_ELEMENTS(steps), TRUE, FALSE, "+-s-s-F");
    check_run(steps, 3, TRUE, TRUE, "+-s-s");
    check_run(steps, 0, FALSE, TRUE, "");
}

static void test_verbs(void)
{
    const char *const names[] = {"configure", "unconfigure", "close", "purge", "purge-user"};
    gsize count = 0;

    for (const WhSetupVerb *verb = wh_setup_verbs(); verb->name != NULL; verb++, count++) {
        g_assert_cmpstr(verb->name, ==, names[count]);
        g_assert_true(wh_setup_verb(verb->name) == verb);
        g_assert_cmpuint(verb->n_steps, >, 0);
    }
    g_assert_cmpuint(count, ==, G_N_ELEMENTS(names));
    g_assert_null(wh_setup_verb("Configure"));
    g_assert_null(wh_setup_verb(NULL));
}

/* The folders come before the service, whose account they are for; whatever follows them may be
 * missing under Wine alone. */
static void test_configure(void)
{
    const WhSetupVerb *verb = wh_setup_verb("configure");

    g_assert_cmpstr(verb->steps[0].what, ==, "prepare its folders");
    for (gsize i = 0; i < verb->n_steps; i++)
        g_assert_true(wh_setup_is_fatal(verb->steps[i].need, FALSE));
}

static void test_service(void)
{
    char bin[] = "C:\\Program Files\\Wayhome\\bin";
    const WhSetup windows = {.bin = bin};
    const WhSetup wine = {.bin = bin, .is_wine = TRUE};
    g_autofree char *command = wh_service_command(&windows);

    g_assert_cmpstr(command, ==, "\"C:\\Program Files\\Wayhome\\bin\\wayhomed.exe\"");
    g_assert_cmpstr(wh_service_account(&windows), ==, "NT SERVICE\\wayhome");
    g_assert_cmpstr(wh_service_account(&wine), ==, "NT AUTHORITY\\LocalService");
}

static void test_firewall(void)
{
    guint protocols = 0;

    for (const WhFirewallRule *rule = wh_firewall_rules(); rule->name != NULL; rule++) {
        g_assert_cmpstr(rule->remote, ==, "LocalSubnet");
        protocols |= 1u << rule->protocol;
    }
    g_assert_cmphex(protocols, ==, 1u << 6 | 1u << 17);
    g_assert_true(wh_firewall_is_absent(0x800706d9));
    g_assert_true(wh_firewall_is_absent(0x80070422));
    g_assert_false(wh_firewall_is_absent(0x80070005));
    g_assert_false(wh_firewall_is_absent(0));
}

static void test_programs(void)
{
    const char *bin = "C:\\Program Files\\Wayhome\\bin";

    g_assert_true(wh_programs_is_ours("C:\\Program Files\\Wayhome\\bin\\wayhome.exe", bin));
    g_assert_true(wh_programs_is_ours("c:\\PROGRAM FILES\\wayhome\\BIN\\wayhomectl.exe", bin));
    g_assert_false(wh_programs_is_ours("C:\\Program Files\\Wayhome\\bin2\\wayhome.exe", bin));
    g_assert_false(
        wh_programs_is_ours("C:\\Program Files\\Wayhome\\bin\\deeper\\wayhome.exe", bin));
    g_assert_false(wh_programs_is_ours("C:\\Users\\a\\wayhome.exe", bin));
    g_assert_false(wh_programs_is_ours("wayhome.exe", bin));
}

static void test_removal(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *top = g_dir_make_tmp("wayhome-XXXXXX", &error);
    g_autofree char *deep = g_build_filename(top, "Wayhome", "état", "deeper", NULL);
    g_autofree char *file = g_build_filename(deep, "kept", NULL);
    g_autofree char *ours = g_build_filename(top, "Wayhome", NULL);

    g_assert_no_error(error);
    g_assert_cmpint(g_mkdir_with_parents(deep, 0700), ==, 0);
    g_assert_true(g_file_set_contents(file, "x", 1, NULL));
    g_assert_cmpint(g_chmod(file, 0400), ==, 0);
    wh_removal_of_empty(ours);
    g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
    g_assert_true(wh_removal_of_all(ours, &error));
    g_assert_no_error(error);
    g_assert_false(g_file_test(ours, G_FILE_TEST_EXISTS));
    g_assert_true(wh_removal_of_all(ours, &error));
    wh_removal_of_empty(top);
    g_assert_false(g_file_test(top, G_FILE_TEST_EXISTS));
}

static void keep(const wchar_t *name)
{
    g_autofree wchar_t *target = g_memdup2(name, (wcslen(name) + 1) * sizeof *name);
    BYTE secret[] = "secret";
    CREDENTIALW credential = {.Type = CRED_TYPE_GENERIC,
                              .TargetName = target,
                              .CredentialBlobSize = sizeof secret,
                              .CredentialBlob = secret,
                              .Persist = CRED_PERSIST_LOCAL_MACHINE};

    g_assert_true(CredWriteW(&credential, 0));
}

static gboolean is_kept(const wchar_t *name)
{
    PCREDENTIALW found = NULL;
    gboolean kept = CredReadW(name, CRED_TYPE_GENERIC, 0, &found);

    if (kept)
        CredFree(found);
    return kept;
}

/* On real Windows the tokens would be those of whoever runs the tests. */
static void test_tokens(void)
{
    const WhSetup setup = {.is_wine = TRUE};
    g_autoptr(GError) error = NULL;

    if (GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") == NULL) {
        g_test_skip("it would delete the tokens of this person");
        return;
    }
    keep(L"Wayhome:system:one");
    keep(L"Wayhome:user:two");
    keep(L"Wayhomeless:other");
    g_assert_true(wh_personal_forget_tokens(&setup, &error));
    g_assert_no_error(error);
    g_assert_false(is_kept(L"Wayhome:system:one"));
    g_assert_false(is_kept(L"Wayhome:user:two"));
    g_assert_true(is_kept(L"Wayhomeless:other"));
    g_assert_true(CredDeleteW(L"Wayhomeless:other", CRED_TYPE_GENERIC, 0));
    g_assert_true(wh_personal_forget_tokens(&setup, &error));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/windows-setup/fatal", test_fatal);
    g_test_add_func("/windows-setup/run", test_run);
    g_test_add_func("/windows-setup/verbs", test_verbs);
    g_test_add_func("/windows-setup/configure", test_configure);
    g_test_add_func("/windows-setup/service", test_service);
    g_test_add_func("/windows-setup/firewall", test_firewall);
    g_test_add_func("/windows-setup/programs", test_programs);
    g_test_add_func("/windows-setup/removal", test_removal);
    g_test_add_func("/windows-setup/tokens", test_tokens);
    return g_test_run();
}
