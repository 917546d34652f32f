#include "platform/windows/clock_window.h"

#include "platform/windows/clock_notice.h"

#include <windows.h>

#define END_MESSAGE WM_APP

struct WhClockWindow {
    GThread *thread;
    HANDLE opened; /* `window` says whether there is one */
    HWND window;
};

/* A hidden window is closed by nobody but its thread. */
static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM w, LPARAM l)
{
    switch (message) {
    case WM_TIMECHANGE:
        wh_clock_notice_tell();
        return 0;
    case END_MESSAGE:
        DestroyWindow(window);
        return 0;
    case WM_DESTROY:
        PostQuitMessage(0);
        return 0;
    case WM_CLOSE:
        return 0;
    default:
        return DefWindowProcW(window, message, w, l);
    }
}

/* The class stays registered: the next window finds it. */
static gpointer work(gpointer data)
{
    WhClockWindow *own = data;
    WNDCLASSW class = {.lpfnWndProc = procedure,
                       .hInstance = GetModuleHandleW(NULL),
                       .lpszClassName = WH_CLOCK_WINDOW_CLASS};
    MSG message;

    RegisterClassW(&class);
    own->window = CreateWindowExW(WS_EX_TOOLWINDOW, WH_CLOCK_WINDOW_CLASS, L"", WS_POPUP, 0, 0, 0,
                                  0, NULL, NULL, class.hInstance, NULL);
    SetEvent(own->opened);
    while (own->window != NULL && GetMessageW(&message, NULL, 0, 0) > 0)
        DispatchMessageW(&message);
    return NULL;
}

static void window_clear(WhClockWindow *window)
{
    g_thread_join(window->thread);
    CloseHandle(window->opened);
    g_free(window);
}

WhClockWindow *wh_clock_window_new(void)
{
    WhClockWindow *window = g_new0(WhClockWindow, 1);

    window->opened = CreateEventW(NULL, TRUE, FALSE, NULL);
    window->thread = g_thread_new("clock", work, window);
    WaitForSingleObject(window->opened, INFINITE);
    if (window->window != NULL)
        return window;
    window_clear(window);
    return NULL;
}

void wh_clock_window_free(WhClockWindow *window)
{
    if (window == NULL)
        return;
    PostMessageW(window->window, END_MESSAGE, 0, 0);
    window_clear(window);
}
