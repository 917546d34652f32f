#include "platform/windows/access.h"

#include "platform/windows/text.h"
#include "tests/contract/helper.h"

#include <sddl.h>
#include <string.h>

#define WRITES WH_ACCESS_NOBODY_WRITES
#define READS WH_ACCESS_NOBODY_READS
#define BOTH (WRITES | READS)
#define USERS "S-1-5-32-545"
#define STRANGER "S-1-5-21-7-8-9-1001"
#define OTHER "S-1-5-21-7-8-9-1002"
#define TRUSTED "O:SYG:SYD:"

/* who NULL: it is sound. */
typedef struct {
    const char *name;
    const char *sddl;
    guint demands;
    WhAccessVerdict verdict;
    const char *who;
} Case;

static const Case cases[] = {
    {"private", TRUSTED "P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;{own})", BOTH, WH_ACCESS_SOUND, NULL},
    {"own", "O:{own}G:SYD:(A;;FA;;;{own})", BOTH, WH_ACCESS_SOUND, NULL},
    {"installer", "O:" WH_ACCESS_TRUSTED_INSTALLER "G:SYD:", BOTH, WH_ACCESS_SOUND, NULL},
    {"no-entries", TRUSTED "P", BOTH, WH_ACCESS_SOUND, NULL},
    {"owner", "O:" STRANGER "G:SYD:P(A;;FA;;;SY)", 0, WH_ACCESS_OWNER, STRANGER},
    {"owner-before-list", "O:BUG:SYD:(A;;FA;;;WD)", BOTH, WH_ACCESS_OWNER, USERS},
    {"no-owner", "G:SYD:P(A;;FA;;;SY)", 0, WH_ACCESS_OWNER, WH_ACCESS_EVERYONE},
    {"no-list", "O:SYG:SY", WRITES, WH_ACCESS_WRITERS, WH_ACCESS_EVERYONE},
    {"no-list-reads", "O:SYG:SY", READS, WH_ACCESS_READERS, WH_ACCESS_EVERYONE},
    {"no-demand", TRUSTED "(A;;FA;;;WD)", 0, WH_ACCESS_SOUND, NULL},
    {"users-look", TRUSTED "(A;;FA;;;SY)(A;;0x1200a9;;;BU)", WRITES, WH_ACCESS_SOUND, NULL},
    {"users-look-at-secret", TRUSTED "(A;;0x1200a9;;;BU)", BOTH, WH_ACCESS_READERS, USERS},
    {"generic-read", TRUSTED "(A;;GR;;;WD)", WRITES, WH_ACCESS_SOUND, NULL},
    {"generic-read-of-secret", TRUSTED "(A;;GR;;;WD)", READS, WH_ACCESS_READERS,
     WH_ACCESS_EVERYONE},
    {"generic-write", TRUSTED "(A;;GW;;;" STRANGER ")", WRITES, WH_ACCESS_WRITERS, STRANGER},
    {"generic-all", TRUSTED "(A;;GA;;;" STRANGER ")", READS, WH_ACCESS_READERS, STRANGER},
    {"generic-execute", TRUSTED "(A;;GX;;;WD)", BOTH, WH_ACCESS_SOUND, NULL},
    {"maximum", TRUSTED "(A;;0x2000000;;;WD)", WRITES, WH_ACCESS_WRITERS, WH_ACCESS_EVERYONE},
    {"append", TRUSTED "(A;;0x4;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"attributes", TRUSTED "(A;;0x100;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"delete-child", TRUSTED "(A;;0x40;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"delete", TRUSTED "(A;;SD;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"list", TRUSTED "(A;;WD;;;BU)", READS, WH_ACCESS_READERS, USERS},
    {"give-away", TRUSTED "(A;;WO;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"inherit-only", TRUSTED "(A;OICIIO;GA;;;WD)", BOTH, WH_ACCESS_SOUND, NULL},
    {"inherited", TRUSTED "(A;OICIID;FA;;;BU)", WRITES, WH_ACCESS_WRITERS, USERS},
    {"creator-owner", TRUSTED "(A;OICI;FA;;;CO)(A;;FA;;;CG)(A;;FA;;;OW)", BOTH, WH_ACCESS_SOUND,
     NULL},
    {"denied-before", TRUSTED "(D;;FA;;;" STRANGER ")(A;;FA;;;" STRANGER ")", BOTH, WH_ACCESS_SOUND,
     NULL},
    {"denied-in-part", TRUSTED "(D;;SD;;;" STRANGER ")(A;;FA;;;" STRANGER ")", WRITES,
     WH_ACCESS_WRITERS, STRANGER},
    {"denied-behind", TRUSTED "(A;;FA;;;" STRANGER ")(D;;FA;;;" STRANGER ")", WRITES,
     WH_ACCESS_WRITERS, STRANGER},
    {"denied-to-another", TRUSTED "(D;;FA;;;" OTHER ")(A;;FA;;;" STRANGER ")", WRITES,
     WH_ACCESS_WRITERS, STRANGER},
    {"denied-to-everyone", TRUSTED "(D;;FA;;;WD)(A;;FA;;;" STRANGER ")", BOTH, WH_ACCESS_SOUND,
     NULL},
    {"anonymous-is-not-everyone", TRUSTED "(D;;FA;;;WD)(A;;FA;;;AN)", WRITES, WH_ACCESS_WRITERS,
     "S-1-5-7"},
    {"denied-inherit-only", TRUSTED "(D;OICIIO;FA;;;WD)(A;;FA;;;BU)", WRITES, WH_ACCESS_WRITERS,
     USERS},
    {"last-of-many", TRUSTED "(A;;FA;;;SY)(A;;FA;;;BA)(A;;GR;;;BU)(A;;GW;;;" OTHER ")", WRITES,
     WH_ACCESS_WRITERS, OTHER},
};

static void test_case(gconstpointer data)
{
    const Case *each = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *who = NULL;
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(each->sddl, &error);

    g_assert_no_error(error);
    g_assert_cmpint(wh_access_judge(descriptor, trust, each->demands, &who), ==, each->verdict);
    g_assert_cmpstr(who, ==, each->who);
    LocalFree(descriptor);
}

/* Kinds of entries that SDDL of every system version does not write. type 250 is no kind at all. */
typedef struct {
    BYTE type;
    BYTE size; /* of the entry; 0: as it should be */
    WhAccessVerdict verdict;
} RawCase;

static const RawCase raw_cases[] = {
    {ACCESS_ALLOWED_ACE_TYPE, 0, WH_ACCESS_WRITERS},
    {ACCESS_DENIED_ACE_TYPE, 0, WH_ACCESS_SOUND},
    {ACCESS_ALLOWED_CALLBACK_ACE_TYPE, 0, WH_ACCESS_WRITERS},
    {ACCESS_DENIED_CALLBACK_ACE_TYPE, 0, WH_ACCESS_SOUND},
    {SYSTEM_AUDIT_ACE_TYPE, 0, WH_ACCESS_WRITERS},
    {250, 0, WH_ACCESS_WRITERS},
    {ACCESS_ALLOWED_ACE_TYPE, 8, WH_ACCESS_WRITERS},
    {ACCESS_DENIED_ACE_TYPE, 12, WH_ACCESS_WRITERS},
    {ACCESS_DENIED_ACE_TYPE, 20, WH_ACCESS_WRITERS},
    {ACCESS_ALLOWED_OBJECT_ACE_TYPE, 8, WH_ACCESS_WRITERS},
};

static void test_raw(void)
{
    g_autoptr(WhTrust) trust = wh_trust_new();

    for (gsize i = 0; i < G_N_ELEMENTS(raw_cases); i++) {
        PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor("O:SYG:SYD:(A;;FA;;;BU)", NULL);
        SECURITY_DESCRIPTOR whole;
        PACL list = NULL;
        PSID owner = NULL;
        BOOL present, defaulted;
        ACE_HEADER *header = NULL;

        g_assert_true(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
        g_assert_true(GetSecurityDescriptorOwner(descriptor, &owner, &defaulted));
        g_assert_true(GetAce(list, 0, (void **)&header));
        header->AceType = raw_cases[i].type;
        if (raw_cases[i].size != 0)
            header->AceSize = raw_cases[i].size;
        InitializeSecurityDescriptor(&whole, SECURITY_DESCRIPTOR_REVISION);
        SetSecurityDescriptorOwner(&whole, owner, FALSE);
        SetSecurityDescriptorDacl(&whole, TRUE, list, FALSE);
        g_test_message("entry of type %d", raw_cases[i].type);
        g_assert_cmpint(wh_access_judge(&whole, trust, WRITES, NULL), ==, raw_cases[i].verdict);
        LocalFree(descriptor);
    }
}

/* Which is not the same as a list without entries. */
static void test_null_list(void)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree char *who = NULL;
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor("O:SYG:SYD:", NULL);
    SECURITY_DESCRIPTOR whole;
    PSID owner = NULL;
    BOOL defaulted;

    g_assert_true(GetSecurityDescriptorOwner(descriptor, &owner, &defaulted));
    InitializeSecurityDescriptor(&whole, SECURITY_DESCRIPTOR_REVISION);
    SetSecurityDescriptorOwner(&whole, owner, FALSE);
    SetSecurityDescriptorDacl(&whole, TRUE, NULL, FALSE);
    g_assert_cmpint(wh_access_judge(&whole, trust, WRITES, &who), ==, WH_ACCESS_WRITERS);
    g_assert_cmpstr(who, ==, WH_ACCESS_EVERYONE);
    LocalFree(descriptor);
}

/* The system's own service, whose account is a constant of the system. */
static void test_service_sid(void)
{
    g_autofree char *installer = wh_access_service_sid("TrustedInstaller");
    g_autofree char *service = wh_access_service_sid("wayhome");

    g_assert_cmpstr(installer, ==, WH_ACCESS_TRUSTED_INSTALLER);
    g_assert_true(g_str_has_prefix(service, "S-1-5-80-"));
}

static void test_own_sid(void)
{
    g_autofree char *own = wh_access_own_sid();
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autofree wchar_t *wide = wh_windows_wide(own);
    PSID sid = NULL;

    g_assert_true(g_str_has_prefix(own, "S-1-5-"));
    g_assert_true(ConvertStringSidToSidW(wide, &sid));
    g_assert_true(wh_trust_has(trust, sid));
    LocalFree(sid);
}

static void test_names(void)
{
    g_autofree char *everyone = wh_access_name_of(WH_ACCESS_EVERYONE);
    g_autofree char *stranger = wh_access_name_of(STRANGER);
    g_autofree char *nonsense = wh_access_name_of("S-1-5-32-99999");

    g_assert_cmpstr(everyone, ==, "Everyone");
    g_assert_cmpstr(stranger, ==, "the account " STRANGER);
    g_assert_cmpstr(nonsense, ==, "the account S-1-5-32-99999");
}

static void test_trust_grows(void)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    PSECURITY_DESCRIPTOR descriptor =
        wh_access_descriptor("O:{service}G:SYD:(A;;FA;;;{service})", NULL);
    g_autofree char *service = wh_access_service_sid("wayhome");

    g_assert_cmpint(wh_access_judge(descriptor, trust, BOTH, NULL), ==, WH_ACCESS_OWNER);
    wh_trust_add(trust, "no account");
    wh_trust_add(trust, service);
    g_assert_cmpint(wh_access_judge(descriptor, trust, BOTH, NULL), ==, WH_ACCESS_SOUND);
    LocalFree(descriptor);
}

/* What is written down for folders and files, read as the system reads it. */
static void test_texts(void)
{
    static const struct {
        const char *sddl;
        const char *expected;
    } texts[] = {
        {WH_ACCESS_PRIVATE_FOLDER, "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;%s)"},
        {WH_ACCESS_PRIVATE_FILE, "D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;%s)"},
        {WH_ACCESS_ADMIN_FOLDER, "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)"},
    };
    g_autofree char *own = wh_access_own_sid();

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(texts[i].sddl, NULL);
        wchar_t *wide = NULL;

        g_assert_true(ConvertSecurityDescriptorToStringSecurityDescriptorW(
            descriptor, SDDL_REVISION_1, DACL_SECURITY_INFORMATION, &wide, NULL));
        g_autoptr(GString) expected = g_string_new(texts[i].expected);
        g_autofree char *found = wh_windows_utf8(wide);
        g_string_replace(expected, "%s", own, 0);
        g_assert_cmpstr(found, ==, expected->str);
        LocalFree(wide);
        LocalFree(descriptor);
    }
}

static void test_bad_text(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(wh_access_descriptor("nonsense", &error));
    g_assert_nonnull(error);
}

/* Wine keeps the rights of a pipe as they are given. */
static void test_of_a_handle(void)
{
    g_autoptr(WhTrust) trust = wh_trust_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *who = NULL;
    WhAccessVerdict verdict = WH_ACCESS_SOUND;
    PSECURITY_DESCRIPTOR descriptor =
        wh_access_descriptor("O:{own}D:P(A;;GA;;;SY)(A;;GRGW;;;IU)", &error);
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, descriptor, FALSE};
    HANDLE pipe = CreateNamedPipeW(L"\\\\.\\pipe\\wayhome-test-access",
                                   PIPE_ACCESS_DUPLEX | READ_CONTROL, 0, 1, 0, 0, 0, &attributes);

    g_assert_true(pipe != INVALID_HANDLE_VALUE);
    g_autofree char *sddl = wh_access_sddl_of(pipe, &error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(sddl, "D:P("));
    g_assert_true(wh_access_judge_handle(pipe, trust, WRITES, &verdict, &who, &error));
    g_assert_cmpint(verdict, ==, WH_ACCESS_WRITERS);
    g_assert_cmpstr(who, ==, "S-1-5-4");
    CloseHandle(pipe);
    LocalFree(descriptor);
    g_assert_false(wh_access_judge_handle(NULL, trust, WRITES, &verdict, NULL, &error));
    g_assert_nonnull(error);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/access/judge/", cases[i].name, NULL);

        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/access/judge-raw-entries", test_raw);
    g_test_add_func("/access/null-list", test_null_list);
    g_test_add_func("/access/service-sid", test_service_sid);
    g_test_add_func("/access/own-sid", test_own_sid);
    g_test_add_func("/access/names", test_names);
    g_test_add_func("/access/trust-grows", test_trust_grows);
    g_test_add_func("/access/texts", test_texts);
    g_test_add_func("/access/bad-text", test_bad_text);
    g_test_add_func("/access/of-a-handle", test_of_a_handle);
    return g_test_run();
}
