#include "platform/single_instance.h"

#include "platform/windows/desktop/instance_names.h"
#include "platform/windows/text.h"

#include <string.h>
#include <wtsapi32.h>

#define WAIT_MILLISECONDS 10000

static char *own_name(void)
{
    wchar_t path[MAX_PATH * 4];
    DWORD length = GetModuleFileNameW(NULL, path, G_N_ELEMENTS(path));
    g_autofree char *utf8 = wh_windows_utf8_of(path, length);

    return g_path_get_basename(utf8);
}

/* TRUE: it is told, and *process is signalled when it has ended. A process of another program has
 * no such event, and of one that this user may not end it cannot be opened. */
static gboolean tell(const char *id, DWORD number, HANDLE *process)
{
    g_autofree wchar_t *name = wh_instance_names_quit(id, number);
    HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, name);

    if (event == NULL)
        return FALSE;
    *process = OpenProcess(SYNCHRONIZE, FALSE, number);
    SetEvent(event);
    CloseHandle(event);
    return *process != NULL;
}

static GArray *tell_all(const char *id)
{
    GArray *processes = g_array_new(FALSE, FALSE, sizeof(HANDLE));
    g_autofree char *own = own_name();
    g_autofree wchar_t *name = wh_windows_wide(own);
    WTS_PROCESS_INFOW *list = NULL;
    DWORD count = 0;
    HANDLE process;

    WTSEnumerateProcessesW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &list, &count);
    for (DWORD i = 0; i < count; i++)
        if (list[i].ProcessId != GetCurrentProcessId() &&
            _wcsicmp(list[i].pProcessName, name) == 0 && tell(id, list[i].ProcessId, &process))
            g_array_append_val(processes, process);
    if (list != NULL)
        WTSFreeMemory(list);
    return processes;
}

gboolean wh_single_instance_quit(const char *id, GError **error)
{
    g_autoptr(GArray) processes = tell_all(id);
    ULONGLONG end = GetTickCount64() + WAIT_MILLISECONDS;
    gboolean ended = TRUE;

    for (guint i = 0; i < processes->len; i++) {
        HANDLE process = g_array_index(processes, HANDLE, i);
        ULONGLONG now = GetTickCount64();

        if (WaitForSingleObject(process, now < end ? (DWORD)(end - now) : 0) != WAIT_OBJECT_0)
            ended = FALSE;
        CloseHandle(process);
    }
    if (!ended)
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                            "Wayhome still runs. End wayhome.exe in the Task Manager.");
    return ended;
}
