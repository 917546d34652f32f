#include "platform/windows/desktop/instance_request.h"

#include <string.h>

#define KIND 0x57680001
#define LENGTH_MOST 65536
#define WAIT_MILLISECONDS 10000
#define NO_ANSWER 255
#define ANSWERED 0x100

LRESULT wh_instance_request_result(int answer)
{
    return ANSWERED | (answer & 0xff);
}

/* Whoever the person started may bring the program to the front that does the work. */
static void hand_over_front(HWND window)
{
    DWORD process = 0;

    GetWindowThreadProcessId(window, &process);
    AllowSetForegroundWindow(process);
}

gboolean wh_instance_request_send(const wchar_t *class_name, const char *request, int *answer)
{
    HWND window = FindWindowExW(NULL, NULL, class_name, NULL);
    COPYDATASTRUCT data = {
        .dwData = KIND, .cbData = (DWORD)strlen(request) + 1, .lpData = (char *)request};
    DWORD_PTR result = 0;

    if (window == NULL)
        return FALSE;
    hand_over_front(window);
    SendMessageTimeoutW(window, WM_COPYDATA, 0, (LPARAM)&data, SMTO_NORMAL, WAIT_MILLISECONDS,
                        &result);
    if (result == 0 && !IsWindow(window))
        return FALSE;
    *answer = (result & ANSWERED) != 0 ? (int)(result & 0xff) : NO_ANSWER;
    return TRUE;
}

char *wh_instance_request_read(LPARAM data)
{
    const COPYDATASTRUCT *copy = (const COPYDATASTRUCT *)data;

    if (copy == NULL || copy->dwData != KIND || copy->cbData == 0 || copy->cbData > LENGTH_MOST ||
        !g_utf8_validate_len(copy->lpData, copy->cbData - 1, NULL))
        return NULL;
    return g_strndup(copy->lpData, copy->cbData - 1);
}
