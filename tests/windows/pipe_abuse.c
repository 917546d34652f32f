/* usage: pipe-abuse ADDRESS. Ill-treats the service that listens at the pipe, as any program of
 * this computer may, and says whether it went on answering. Exit code 0: it did; 1: a line says
 * what not.
 */
#include <glib.h>
#include <string.h>
#include <windows.h>

#define CALL "{\"method\":\"org.varlink.service.GetInfo\"}"
#define RIGHTS (GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES)
#define MAX_CONNECTIONS 64
#define PATIENCE_MS 20000

/* What may be on its way to somebody who reads nothing: the service's buffers and the system's. */
#define TOO_MUCH (16 * 1024 * 1024)

static void check(gboolean good, const char *what)
{
    g_print("%s %s\n", good ? "ok" : "not ok", what);
    if (!good)
        ExitProcess(1);
}

static HANDLE knock(const wchar_t *name)
{
    HANDLE handle;

    for (guint i = 0; i < 200; i++) {
        handle = CreateFileW(name, RIGHTS, 0, NULL, OPEN_EXISTING,
                             FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                             NULL);
        if (handle != INVALID_HANDLE_VALUE || GetLastError() != ERROR_PIPE_BUSY)
            break;
        WaitNamedPipeW(name, 100);
    }
    return handle;
}

/* How much was moved; -1: the end, or not in time. */
static gssize move(HANDLE handle, gboolean reading, gpointer bytes, gsize size, guint milliseconds)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    OVERLAPPED overlapped = {.hEvent = event};
    DWORD moved = 0;
    BOOL good = reading ? ReadFile(handle, bytes, (DWORD)size, NULL, &overlapped)
                        : WriteFile(handle, bytes, (DWORD)size, NULL, &overlapped);

    if (!good && GetLastError() == ERROR_IO_PENDING) {
        if (WaitForSingleObject(event, milliseconds) != WAIT_OBJECT_0)
            CancelIoEx(handle, &overlapped);
        good = TRUE;
    }
    good = good && GetOverlappedResult(handle, &overlapped, &moved, TRUE);
    CloseHandle(event);
    return good ? (gssize)moved : -1;
}

static gboolean say(HANDLE handle, const char *bytes, gsize size)
{
    return move(handle, FALSE, (gpointer)bytes, size, PATIENCE_MS) == (gssize)size;
}

static gboolean is_answered(HANDLE handle)
{
    char room[4096];
    gssize length = 0;

    if (handle == INVALID_HANDLE_VALUE || !say(handle, CALL, sizeof CALL))
        return FALSE;
    do
        length = move(handle, TRUE, room, sizeof room, PATIENCE_MS);
    while (length == 0 || (length > 0 && room[length - 1] != '\0'));
    return length > 0;
}

static gboolean answers(const wchar_t *name)
{
    HANDLE handle = knock(name);
    gboolean good = is_answered(handle);

    CloseHandle(handle);
    return good;
}

static gboolean is_hung_up(HANDLE handle)
{
    char room[4096];
    gssize length;

    do
        length = move(handle, TRUE, room, sizeof room, PATIENCE_MS);
    while (length >= 0);
    return GetLastError() == ERROR_BROKEN_PIPE;
}

static void try_garbage(const wchar_t *name)
{
    static const char *const garbage[] = {"garbage", "{", "[[[[", "\xff\xfe", "7", ""};

    for (guint i = 0; i < G_N_ELEMENTS(garbage); i++) {
        HANDLE handle = knock(name);

        check(say(handle, garbage[i], strlen(garbage[i]) + 1), "garbage is taken");
        check(is_hung_up(handle), "and answered by hanging up");
        CloseHandle(handle);
    }
}

static void try_endless(const wchar_t *name)
{
    HANDLE handle = knock(name);
    g_autofree char *much = g_strnfill(64 * 1024, 'x');
    guint i = 0;

    while (i < 100 && say(handle, much, 64 * 1024))
        i++;
    check(i < 100, "a message without an end is ended");
    CloseHandle(handle);
}

static void try_half_messages(const wchar_t *name)
{
    for (guint i = 0; i < 200; i++) {
        HANDLE handle = knock(name);

        say(handle, CALL, i % sizeof CALL);
        CloseHandle(handle);
    }
    check(answers(name), "half messages and hanging up do no harm");
}

static void try_nothing(const wchar_t *name)
{
    HANDLE handle = knock(name);

    for (guint i = 0; i < 1000; i++)
        move(handle, FALSE, (gpointer) "", 0, PATIENCE_MS);
    check(is_answered(handle), "writing nothing a thousand times does no harm");
    CloseHandle(handle);
}

static void try_crowd(const wchar_t *name)
{
    HANDLE crowd[100];
    guint served = 0;

    for (guint i = 0; i < G_N_ELEMENTS(crowd); i++)
        crowd[i] = knock(name);
    for (guint i = 0; i < G_N_ELEMENTS(crowd); i++)
        served += is_answered(crowd[i]);
    g_print("# %u of 100 are served\n", served);
    check(served > 0 && served <= MAX_CONNECTIONS, "a crowd is served up to the limit");
    for (guint i = 0; i < G_N_ELEMENTS(crowd); i++)
        CloseHandle(crowd[i]);
    for (guint i = 0; i < 100 && !answers(name); i++)
        Sleep(50);
    check(answers(name), "and when it has gone there is room again");
}

static void try_slow_reader(const wchar_t *name)
{
    HANDLE handle = knock(name);
    gsize sent = 0;

    while (sent < TOO_MUCH && move(handle, FALSE, (gpointer)CALL, sizeof CALL, 1000) > 0)
        sent += sizeof CALL;
    g_print("# %u kB were taken\n", (guint)(sent / 1024));
    check(sent < TOO_MUCH, "who reads nothing is not listened to for ever");
    check(answers(name), "and keeps nobody else waiting");
    CloseHandle(handle);
}

int main(int argc, char **argv)
{
    g_autofree wchar_t *name =
        argc == 2 ? (wchar_t *)g_utf8_to_utf16(argv[1], -1, NULL, NULL, NULL) : NULL;

    check(name != NULL && answers(name), "the service answers");
    try_garbage(name);
    try_endless(name);
    try_half_messages(name);
    try_nothing(name);
    try_crowd(name);
    try_slow_reader(name);
    check(answers(name), "the service still answers");
    return 0;
}
