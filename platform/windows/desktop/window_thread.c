#include "platform/windows/desktop/window_thread.h"

#define DO_MESSAGE WM_APP

typedef struct {
    void (*func)(gpointer data);
    gpointer data;
    GDestroyNotify destroy;
} Job;

/* opened: signalled once `window` says whether there is one. watched is the thread's own. */
struct WhWindowThread {
    wchar_t *class_name;
    WhWindowThreadFuncs funcs;
    gpointer data;
    GThread *thread;
    HANDLE opened;
    HWND window;
    GAsyncQueue *jobs; /* of Job */
    HANDLE watched;
};

static void job_free(gpointer data)
{
    Job *job = data;

    if (job->destroy != NULL)
        job->destroy(job->data);
    g_free(job);
}

static void job_run(WhWindowThread *thread)
{
    Job *job = g_async_queue_try_pop(thread->jobs);

    if (job == NULL)
        return;
    job->func(job->data);
    job_free(job);
}

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM w, LPARAM l)
{
    WhWindowThread *thread = (WhWindowThread *)GetWindowLongPtrW(window, GWLP_USERDATA);
    LRESULT result = 0;

    if (thread == NULL)
        return DefWindowProcW(window, message, w, l);
    if (message == DO_MESSAGE) {
        job_run(thread);
        return 0;
    }
    if (thread->funcs.message(window, message, w, l, &result, thread->data))
        return result;
    /* A hidden window is closed by nobody but its thread. */
    return message == WM_CLOSE ? 0 : DefWindowProcW(window, message, w, l);
}

/* The class stays registered: a later thread of the same kind finds it. */
static HWND window_open(WhWindowThread *thread)
{
    WNDCLASSW class = {.lpfnWndProc = procedure,
                       .hInstance = GetModuleHandleW(NULL),
                       .lpszClassName = thread->class_name};
    HWND window;

    RegisterClassW(&class);
    window = CreateWindowExW(WS_EX_TOOLWINDOW, thread->class_name, L"", WS_POPUP, 0, 0, 0, 0, NULL,
                             NULL, class.hInstance, NULL);
    if (window != NULL)
        SetWindowLongPtrW(window, GWLP_USERDATA, (LONG_PTR)thread);
    return window;
}

static void watch_end(WhWindowThread *thread)
{
    if (thread->watched != NULL)
        CloseHandle(thread->watched);
    thread->watched = NULL;
}

void wh_window_thread_watch(WhWindowThread *thread, HANDLE handle)
{
    watch_end(thread);
    thread->watched = handle;
}

/* FALSE: the thread is to end. */
static gboolean turn(WhWindowThread *thread)
{
    DWORD count = thread->watched != NULL ? 1 : 0;
    DWORD cause = MsgWaitForMultipleObjectsEx(count, &thread->watched, INFINITE, QS_ALLINPUT,
                                              MWMO_INPUTAVAILABLE);
    MSG message;

    if (count == 1 && cause == WAIT_OBJECT_0) {
        watch_end(thread);
        thread->funcs.signalled(thread->data);
    }
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
        if (message.message == WM_QUIT)
            return FALSE;
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
    return TRUE;
}

static gpointer work(gpointer data)
{
    WhWindowThread *thread = data;

    thread->window = window_open(thread);
    SetEvent(thread->opened);
    if (thread->window == NULL)
        return NULL;
    while (turn(thread))
        continue;
    DestroyWindow(thread->window);
    watch_end(thread);
    return NULL;
}

static void thread_clear(WhWindowThread *thread)
{
    g_thread_join(thread->thread);
    g_async_queue_unref(thread->jobs);
    CloseHandle(thread->opened);
    g_free(thread->class_name);
    g_free(thread);
}

WhWindowThread *wh_window_thread_new(const wchar_t *class_name, const WhWindowThreadFuncs *funcs,
                                     gpointer data)
{
    WhWindowThread *thread = g_new0(WhWindowThread, 1);

    thread->class_name = g_memdup2(class_name, (wcslen(class_name) + 1) * sizeof *class_name);
    thread->funcs = *funcs;
    thread->data = data;
    thread->jobs = g_async_queue_new_full(job_free);
    thread->opened = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread->thread = g_thread_new("window", work, thread);
    WaitForSingleObject(thread->opened, INFINITE);
    if (thread->window != NULL)
        return thread;
    thread_clear(thread);
    return NULL;
}

/* Within a menu's loop the word to end ends the menu first, and is found again by this one. */
static void end(gpointer data)
{
    EndMenu();
    PostQuitMessage(0);
}

void wh_window_thread_free(WhWindowThread *thread)
{
    if (thread == NULL)
        return;
    wh_window_thread_do(thread, end, NULL, NULL);
    thread_clear(thread);
}

static gpointer data_of(HWND window)
{
    WhWindowThread *thread = (WhWindowThread *)GetWindowLongPtrW(window, GWLP_USERDATA);

    return thread != NULL ? thread->data : NULL;
}

gpointer wh_window_thread_find(const wchar_t *class_name)
{
    HWND window = NULL;
    DWORD process = 0;

    while ((window = FindWindowExW(NULL, window, class_name, NULL)) != NULL) {
        GetWindowThreadProcessId(window, &process);
        if (process == GetCurrentProcessId())
            return data_of(window);
    }
    return NULL;
}

HWND wh_window_thread_window(WhWindowThread *thread)
{
    return thread->window;
}

void wh_window_thread_do(WhWindowThread *thread, void (*func)(gpointer data), gpointer data,
                         GDestroyNotify destroy)
{
    Job *job = g_new0(Job, 1);

    job->func = func;
    job->data = data;
    job->destroy = destroy;
    g_async_queue_push(thread->jobs, job);
    PostMessageW(thread->window, DO_MESSAGE, 0, 0);
}
