/* What wayhome-setup decides, without touching service manager or firewall. */
#include "installer/windows/setup/firewall.h"
#include "installer/windows/setup/firewall_rules.h"
#include "installer/windows/setup/personal.h"
#include "installer/windows/setup/profile.h"
#include "installer/windows/setup/programs.h"
#include "installer/windows/setup/removal.h"
#include "installer/windows/setup/service.h"
#include "installer/windows/setup/setup.h"

#include "platform/windows/access.h"
#include "platform/windows/text.h"

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
    const WhSetupVerb verb = {"test", "", FALSE, steps, n_steps};

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
        g_assert_cmpint(verb->is_personal, ==, strcmp(verb->name, "purge-user") == 0);
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

static gboolean has_step(const char *verb, WhSetupFunc run)
{
    const WhSetupVerb *found = wh_setup_verb(verb);

    for (gsize i = 0; i < found->n_steps; i++)
        if (found->steps[i].run == run)
            return TRUE;
    return FALSE;
}

/* What a service still uses is not deleted: that is asked first, and everywhere. */
static void test_purge(void)
{
    const WhSetupVerb *verb = wh_setup_verb("purge");

    g_assert_true(verb->steps[0].run == wh_service_demand_gone);
    g_assert_true(wh_setup_is_fatal(verb->steps[0].need, TRUE));
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
        g_assert_cmphex(rule->networks, ==, NET_FW_PROFILE2_PRIVATE | NET_FW_PROFILE2_DOMAIN);
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

static gboolean is_wine(void)
{
    return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL;
}

/* A program in a folder of its own that is there and does nothing: it never begins. */
static HANDLE start_idler(const char *bin)
{
    g_autofree char *program = g_build_filename(bin, "wayhome.exe", NULL);
    g_autofree wchar_t *copy = wh_windows_wide(program);
    wchar_t original[MAX_PATH];
    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION made = {0};

    g_assert_cmpuint(GetSystemDirectoryW(original, MAX_PATH - 16), >, 0);
    wcscat(original, L"\\ping.exe");
    g_assert_true(CopyFileW(original, copy, TRUE));
    g_assert_true(CreateProcessW(copy, NULL, NULL, NULL, FALSE, CREATE_SUSPENDED | CREATE_NO_WINDOW,
                                 NULL, NULL, &start, &made));
    CloseHandle(made.hThread);
    return made.hProcess;
}

/* Whoever waits for one of them does not take it for done. */
static void test_end(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bin = g_dir_make_tmp("wayhome-XXXXXX", NULL);
    const WhSetup setup = {.bin = bin, .is_wine = is_wine()};
    HANDLE idler = start_idler(bin);
    DWORD code = 0;

    g_assert_cmpuint(WaitForSingleObject(idler, 0), ==, WAIT_TIMEOUT);
    g_assert_true(wh_programs_end(&setup, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(WaitForSingleObject(idler, 0), ==, WAIT_OBJECT_0);
    g_assert_true(GetExitCodeProcess(idler, &code));
    g_assert_cmpuint(code, ==, 1);
    CloseHandle(idler);
    g_assert_true(wh_removal_of_all(bin, NULL));
}

#define PROFILES "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\"

/* Wine has no function for it: that there is one to be removed is noticed all the same. */
static void test_profile(void)
{
    const WhSetup setup = {.is_wine = TRUE};
    g_autoptr(GError) error = NULL;
    g_autofree char *sid = wh_access_service_sid(WH_ACCESS_SERVICE);
    g_autofree char *name = g_strconcat(PROFILES, sid, NULL);
    g_autofree wchar_t *wide = wh_windows_wide(name);
    HKEY key;

    g_assert_true(has_step("unconfigure", wh_profile_remove));
    if (!is_wine()) {
        g_test_skip("it would delete the profile of the service of this computer");
        return;
    }
    g_assert_true(wh_profile_remove(&setup, &error));
    g_assert_no_error(error);
    g_assert_cmpint(RegCreateKeyW(HKEY_LOCAL_MACHINE, wide, &key), ==, ERROR_SUCCESS);
    RegCloseKey(key);
    g_assert_false(wh_profile_remove(&setup, &error));
    g_assert_nonnull(strstr(error->message, "Windows kept it"));
    g_assert_cmpint(RegDeleteKeyW(HKEY_LOCAL_MACHINE, wide), ==, ERROR_SUCCESS);
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

    if (!is_wine()) {
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
    g_test_add_func("/windows-setup/purge", test_purge);
    g_test_add_func("/windows-setup/service", test_service);
    g_test_add_func("/windows-setup/firewall", test_firewall);
    g_test_add_func("/windows-setup/programs", test_programs);
    g_test_add_func("/windows-setup/end", test_end);
    g_test_add_func("/windows-setup/profile", test_profile);
    g_test_add_func("/windows-setup/tokens", test_tokens);
    return g_test_run();
}
