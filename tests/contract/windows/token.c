#include "platform/windows/token.h"

#include "platform/windows/access.h"

#include <string.h>

/* What the system says of the restricting accounts of a token, when the test plays it: so many, or
 * what stands in the way. */
typedef struct {
    gboolean played;
    DWORD restricting;
    DWORD trouble;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

typedef BOOL(WINAPI *Information)(HANDLE, TOKEN_INFORMATION_CLASS, void *, DWORD, DWORD *);

static BOOL restricting(void *room, DWORD size, DWORD *needed)
{
    TOKEN_GROUPS groups = {.GroupCount = world()->restricting};
    gboolean fits = size >= sizeof groups;

    *needed = world()->trouble != 0 ? 0 : sizeof groups;
    if (world()->trouble != 0 || !fits) {
        SetLastError(world()->trouble != 0 ? world()->trouble : ERROR_INSUFFICIENT_BUFFER);
        return FALSE;
    }
    memcpy(room, &groups, sizeof groups);
    return TRUE;
}

static BOOL WINAPI get_information(HANDLE token, TOKEN_INFORMATION_CLASS class, void *room,
                                   DWORD size, DWORD *needed)
{
    HMODULE library = GetModuleHandleW(L"advapi32.dll");
    Information real = (Information)(void *)GetProcAddress(library, "GetTokenInformation");

    return world()->played && class == TokenRestrictedSids ? restricting(room, size, needed)
                                                           : real(token, class, room, size, needed);
}

/* In place of what the import library has: the linker takes what is here already. */
extern const Information __imp_GetTokenInformation;
const Information __imp_GetTokenInformation = get_information;

static gboolean is_administrator(void)
{
    HANDLE handle = NULL;
    WhToken token = {0};

    g_assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle));
    g_assert_true(wh_token_read(handle, &token));
    gboolean is = token.is_administrator && !token.is_restricted;
    wh_token_clear(&token);
    CloseHandle(handle);
    return is;
}

/* Administrators is still among the groups of a token that restricting accounts take it from. */
static void test_restricted(void)
{
    *world() = (World){0};
    if (!is_administrator()) {
        g_assert_null(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version"));
        g_test_skip("This test needs the rights of an administrator");
        return;
    }
    *world() = (World){.played = TRUE};
    g_assert_true(is_administrator());
    *world() = (World){.played = TRUE, .restricting = 1};
    g_assert_false(is_administrator());
    *world() = (World){.played = TRUE, .trouble = ERROR_ACCESS_DENIED};
    g_assert_false(is_administrator());
    *world() = (World){.played = TRUE, .trouble = ERROR_INVALID_FUNCTION};
    g_assert_true(is_administrator());
    *world() = (World){0};
}

static void test_user_of_process(void)
{
    g_autofree char *own = wh_access_own_sid();
    g_autofree char *same = wh_token_user_of_process(GetCurrentProcessId());

    g_assert_cmpstr(same, ==, own);
    g_assert_null(wh_token_user_of_process(0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/token/restricted", test_restricted);
    g_test_add_func("/token/user-of-process", test_user_of_process);
    return g_test_run();
}
