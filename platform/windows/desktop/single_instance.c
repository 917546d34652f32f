#include "platform/single_instance.h"

#include "platform/windows/access.h"
#include "platform/windows/desktop/instance_names.h"
#include "platform/windows/desktop/instance_request.h"
#include "platform/windows/desktop/window_thread.h"
#include "platform/windows/hop.h"
#include "platform/windows/text.h"

#include <string.h>

#define TAKE_MILLISECONDS 100
#define TRIES 100
#define ANSWER_MICROSECONDS (8 * G_TIME_SPAN_SECOND)
#define END_MILLISECONDS 4000
#define NO_ANSWER 255

/* mutex belongs to the thread that made the instance. ended: an event, signalled when nothing is
 * left to keep. quit: the event of the word to end, until the window's thread watches it. lock and
 * closed: whether a request can still be answered. */
struct WhSingleInstance {
    WhSingleInstanceFuncs funcs;
    gpointer data;
    HANDLE mutex;
    HANDLE ended;
    HANDLE quit;
    WhHop *hop;
    WhHop *to_hop; /* the window's thread sends by this one */
    WhWindowThread *thread;
    GMutex lock;
    GCond changed;
    gboolean closed;
};

/* A request on its way from the window's thread. answer: -1 so far. */
typedef struct {
    WhSingleInstance *instance;
    char *request;
    int answer;
} Question;

/* GIO would look for a bus all the same, and complain that there is none. */
GApplicationFlags wh_single_instance_flags(void)
{
    g_setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", FALSE);
    return G_APPLICATION_NON_UNIQUE;
}

static void question_clear(gpointer data)
{
    g_free(((Question *)data)->request);
}

static void question_unref(gpointer data)
{
    g_atomic_rc_box_release_full(data, question_clear);
}

/* In the main loop's thread. */
static void question_hear(gpointer data)
{
    Question *question = data;
    WhSingleInstance *instance = question->instance;
    int answer = instance->funcs.asked(question->request, instance->data);

    g_mutex_lock(&instance->lock);
    question->answer = answer;
    g_cond_broadcast(&instance->changed);
    g_mutex_unlock(&instance->lock);
}

/* In the main loop's thread. */
static void quit_hear(gpointer data)
{
    WhSingleInstance *instance = data;

    instance->funcs.quit(instance->data);
}

static int answer_wait(WhSingleInstance *instance, Question *question)
{
    gint64 end = g_get_monotonic_time() + ANSWER_MICROSECONDS;
    gboolean in_time = TRUE;
    int answer;

    g_mutex_lock(&instance->lock);
    while (question->answer < 0 && !instance->closed && in_time)
        in_time = g_cond_wait_until(&instance->changed, &instance->lock, end);
    answer = question->answer < 0 ? NO_ANSWER : question->answer;
    g_mutex_unlock(&instance->lock);
    return answer;
}

static gboolean request_hear(WhSingleInstance *instance, LPARAM data, LRESULT *result)
{
    char *request = wh_instance_request_read(data);
    Question *question;

    if (request == NULL)
        return FALSE;
    question = g_atomic_rc_box_new0(Question);
    question->instance = instance;
    question->request = request;
    question->answer = -1;
    wh_hop_send(instance->to_hop, question_hear, g_atomic_rc_box_acquire(question), question_unref);
    *result = wh_instance_request_result(answer_wait(instance, question));
    question_unref(question);
    return TRUE;
}

static void signalled(gpointer data)
{
    WhSingleInstance *instance = data;

    wh_hop_send(instance->to_hop, quit_hear, instance, NULL);
}

/* WM_ENDSESSION: when this returns the process may be ended. */
static gboolean message(HWND window, UINT what, WPARAM w, LPARAM l, LRESULT *result, gpointer data)
{
    WhSingleInstance *instance = data;

    switch (what) {
    case WM_COPYDATA:
        return request_hear(instance, l, result);
    case WM_QUERYENDSESSION:
        *result = TRUE;
        return TRUE;
    case WM_ENDSESSION:
        if (w == FALSE)
            return TRUE;
        signalled(instance);
        WaitForSingleObject(instance->ended, END_MILLISECONDS);
        return TRUE;
    default:
        return FALSE;
    }
}

/* NULL: somebody else has an event of that name, or the system has none left; then this program is
 * ended by its own window only. */
static HANDLE quit_event_new(const char *id)
{
    g_autofree wchar_t *name = wh_instance_names_quit(id, GetCurrentProcessId());
    PSECURITY_DESCRIPTOR descriptor =
        wh_access_descriptor("D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;{own})", NULL);
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof attributes,
                                      .lpSecurityDescriptor = descriptor};
    HANDLE event = CreateEventW(&attributes, TRUE, FALSE, name);
    gboolean is_foreign = event != NULL && GetLastError() == ERROR_ALREADY_EXISTS;

    LocalFree(descriptor);
    if (!is_foreign)
        return event;
    CloseHandle(event);
    return NULL;
}

static void watch_quit(gpointer data)
{
    WhSingleInstance *instance = data;

    wh_window_thread_watch(instance->thread, g_steal_pointer(&instance->quit));
}

/* A system that ends programs for an upgrade starts those again that asked for it. When the
 * computer itself starts again, the person's autostart counts. */
static void ask_for_restart(const char *again)
{
    g_autofree wchar_t *arguments = wh_windows_wide(again);

    RegisterApplicationRestart(arguments, RESTART_NO_CRASH | RESTART_NO_HANG | RESTART_NO_REBOOT);
}

static WhSingleInstance *instance_new(const char *id, HANDLE mutex,
                                      const WhSingleInstanceFuncs *funcs, gpointer data)
{
    static const WhWindowThreadFuncs window = {message, signalled};
    WhSingleInstance *instance = g_new0(WhSingleInstance, 1);
    g_autofree wchar_t *class_name = wh_instance_names_window(id);

    instance->funcs = *funcs;
    instance->data = data;
    instance->mutex = mutex;
    instance->ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    instance->quit = quit_event_new(id);
    instance->hop = wh_hop_new(NULL, NULL);
    instance->to_hop = wh_hop_ref(instance->hop);
    g_mutex_init(&instance->lock);
    g_cond_init(&instance->changed);
    instance->thread = wh_window_thread_new(class_name, &window, instance);
    if (instance->thread != NULL)
        wh_window_thread_do(instance->thread, watch_quit, instance, NULL);
    return instance;
}

/* Whoever runs may just begin or just end: then it is waited for. */
static gboolean take(const char *id, HANDLE mutex, const char *request, int *answer)
{
    g_autofree wchar_t *class_name = wh_instance_names_window(id);

    for (guint i = 0; i < TRIES; i++) {
        DWORD result = WaitForSingleObject(mutex, i == 0 ? 0 : TAKE_MILLISECONDS);

        if (result == WAIT_OBJECT_0 || result == WAIT_ABANDONED)
            return TRUE;
        if (wh_instance_request_send(class_name, request, answer))
            return FALSE;
    }
    *answer = NO_ANSWER;
    return FALSE;
}

/* Without a mutex, which is somebody else's then, two may run. */
WhSingleInstance *wh_single_instance_new(const char *id, const char *request, const char *again,
                                         const WhSingleInstanceFuncs *funcs, gpointer data,
                                         int *answer)
{
    g_autofree wchar_t *name = wh_instance_names_mutex(id);
    HANDLE mutex = CreateMutexW(NULL, FALSE, name);

    if (mutex != NULL && !take(id, mutex, request, answer)) {
        CloseHandle(mutex);
        return NULL;
    }
    ask_for_restart(again);
    return instance_new(id, mutex, funcs, data);
}

static void close_for_questions(WhSingleInstance *instance)
{
    g_mutex_lock(&instance->lock);
    instance->closed = TRUE;
    g_cond_broadcast(&instance->changed);
    g_mutex_unlock(&instance->lock);
    SetEvent(instance->ended);
}

void wh_single_instance_free(WhSingleInstance *instance)
{
    if (instance == NULL)
        return;
    close_for_questions(instance);
    wh_window_thread_free(instance->thread);
    wh_hop_free(instance->hop);
    wh_hop_unref(instance->to_hop);
    if (instance->mutex != NULL) {
        ReleaseMutex(instance->mutex);
        CloseHandle(instance->mutex);
    }
    if (instance->quit != NULL)
        CloseHandle(instance->quit);
    CloseHandle(instance->ended);
    g_mutex_clear(&instance->lock);
    g_cond_clear(&instance->changed);
    g_free(instance);
}
