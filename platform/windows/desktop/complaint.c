#include "platform/process_setup.h"

#include "platform/windows/text.h"

#define TITLE L"Wayhome"

/* Where services run. A box there would wait for ever: nobody can see or close it. */
#define SESSION_OF_SERVICES 0

static gboolean has_standard_error(void)
{
    return GetFileType(GetStdHandle(STD_ERROR_HANDLE)) != FILE_TYPE_UNKNOWN;
}

/* Documentation: Window Stations (only the one that is visible is on a screen), Session 0
 * isolation.
 */
static gboolean is_on_a_screen(void)
{
    USEROBJECTFLAGS flags = {0};
    DWORD session = SESSION_OF_SERVICES;
    DWORD size = sizeof flags;

    return ProcessIdToSessionId(GetCurrentProcessId(), &session) &&
           session != SESSION_OF_SERVICES &&
           GetUserObjectInformationW(GetProcessWindowStation(), UOI_FLAGS, &flags, size, &size) &&
           (flags.dwFlags & WSF_VISIBLE) != 0;
}

static gboolean show(const char *sentence)
{
    g_autofree wchar_t *wide = wh_windows_wide(sentence);

    return wide != NULL &&
           MessageBoxW(NULL, wide, TITLE, MB_OK | MB_ICONWARNING | MB_SETFOREGROUND) != 0;
}

void wh_process_complain_to_person(const char *program, const char *sentence)
{
    if (has_standard_error() || !is_on_a_screen() || !show(sentence))
        wh_process_complain(program, sentence);
}
