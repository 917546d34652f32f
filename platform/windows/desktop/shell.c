#include "platform/windows/desktop/shell.h"

gboolean wh_shell_notify_icon(DWORD message, NOTIFYICONDATAW *data)
{
    return Shell_NotifyIconW(message, data) != FALSE;
}

HANDLE wh_shell_process(void)
{
    HWND taskbar = FindWindowW(L"Shell_TrayWnd", NULL);
    DWORD process = 0;

    if (taskbar == NULL)
        return NULL;
    GetWindowThreadProcessId(taskbar, &process);
    return OpenProcess(SYNCHRONIZE, FALSE, process);
}

/* TrackPopupMenu(), remarks: without the window in front the menu does not close when somebody
 * clicks elsewhere, and without a message afterwards the next menu closes at once. */
int wh_shell_track_menu(HWND window, HMENU menu, int x, int y)
{
    UINT side = GetSystemMetrics(SM_MENUDROPALIGNMENT) != 0 ? TPM_RIGHTALIGN : TPM_LEFTALIGN;
    int chosen;

    SetForegroundWindow(window);
    chosen = TrackPopupMenuEx(menu, side | TPM_RETURNCMD | TPM_NONOTIFY | TPM_RIGHTBUTTON, x, y,
                              window, NULL);
    PostMessageW(window, WM_NULL, 0, 0);
    return chosen;
}

guint wh_shell_icon_size(HWND window, gboolean large)
{
    UINT dpi = GetDpiForWindow(window);

    return (guint)GetSystemMetricsForDpi(large ? SM_CXICON : SM_CXSMICON, dpi);
}
