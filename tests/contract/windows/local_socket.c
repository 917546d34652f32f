#include "platform/local_socket.h"

#include "platform/windows/access.h"
#include "platform/windows/door.h"
#include "platform/windows/peer.h"
#include "platform/windows/pipe_stream.h"
#include "platform/windows/text.h"
#include "tests/contract/helper.h"
#include "tests/contract/local_socket_adapter.h"
#include "tests/contract/windows/local_socket_judgements.h"
#include "tests/contract/windows/local_socket_names.h"

#include <sddl.h>
#include <string.h>

/* Everybody's pipe that another program may use as it likes. */
#define ANY_WAY (GENERIC_READ | FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES)

char *wh_adapter_address(const char *folder, const char *name)
{
    g_autofree char *base = g_path_get_basename(folder);

    return g_strdup_printf("\\\\.\\pipe\\%s-%s", base, name);
}

void wh_adapter_self(WhPeer *peer)
{
    g_autofree char *sid = wh_access_own_sid();
    HANDLE handle;
    WhToken token;

    g_assert_true(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &handle));
    g_assert_true(wh_token_read(handle, &token));
    CloseHandle(handle);
    peer->is_root = token.is_administrator;
    peer->pid = GetCurrentProcessId();
    g_snprintf(peer->principal, sizeof peer->principal, "sid:%s", sid);
    wh_token_clear(&token);
}

gboolean wh_adapter_connect_as(const char *address, guint uid)
{
    return FALSE;
}

gboolean wh_adapter_connect_to_untrusted(const char *address, GIOStream **stream, GError **error)
{
    return FALSE;
}

typedef struct {
    char *folder;
    char *address;
    WhListener *listener;
    GPtrArray *streams;
    guint count;
    WhPeer peer;
} Fixture;

static void accepted(GIOStream *stream, const WhPeer *peer, gpointer data)
{
    Fixture *fixture = data;

    fixture->count++;
    fixture->peer = *peer;
    g_ptr_array_add(fixture->streams, g_object_ref(stream));
}

static void setup(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = wh_helper_folder_new();
    fixture->address = wh_adapter_address(fixture->folder, "control");
    fixture->streams = g_ptr_array_new_with_free_func(g_object_unref);
    fixture->listener = wh_listener_new(fixture->address, TRUE, accepted, fixture, &error);
    g_assert_no_error(error);
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_listener_free(fixture->listener);
    g_ptr_array_unref(fixture->streams);
    g_free(fixture->address);
    wh_helper_settle();
    wh_helper_folder_remove(fixture->folder);
}

/* The client's end as another program might open it. */
static HANDLE open_as(Fixture *fixture, DWORD flags)
{
    g_autofree wchar_t *name = wh_windows_wide(fixture->address);
    HANDLE handle = CreateFileW(name, ANY_WAY, 0, NULL, OPEN_EXISTING, flags, NULL);

    g_assert_true(handle != INVALID_HANDLE_VALUE);
    return handle;
}

static void expect_list(Fixture *fixture, const char *pattern)
{
    g_autofree char *own = wh_access_own_sid();
    g_autoptr(GString) expected = g_string_new(pattern);
    HANDLE handle = open_as(fixture, 0);
    g_autofree char *found = wh_access_sddl_of(handle, NULL);

    CloseHandle(handle);
    g_string_replace(expected, "{own}", own, 0);
    g_assert_cmpstr(found, ==, expected->str);
}

/* Wine keeps the list and lets everybody in; what can be shown is the list. */
static void test_access_list(Fixture *fixture, gconstpointer data)
{
    expect_list(fixture, WH_DOOR_EVERYONE);
    g_clear_pointer(&fixture->listener, wh_listener_free);
    wh_helper_settle();
    fixture->listener = wh_listener_new(fixture->address, FALSE, accepted, fixture, NULL);
    expect_list(fixture, WH_DOOR_OWN);
}

static void add_rights_of_users(const char *sid, guint mask, guint *rights)
{
    if (g_str_equal(sid, "S-1-5-4") || g_str_equal(sid, "S-1-5-11"))
        *rights |= mask;
}

/* Whoever may talk may not listen. */
static void test_nobody_else_may_listen(void)
{
    PSECURITY_DESCRIPTOR descriptor = wh_access_descriptor(WH_DOOR_EVERYONE, NULL);
    BOOL present, defaulted;
    guint rights = 0;
    ACL *list;

    g_assert_true(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
    for (DWORD i = 0; i < list->AceCount; i++) {
        g_autofree char *sid = NULL;
        wchar_t *text = NULL;
        ACCESS_ALLOWED_ACE *entry;

        g_assert_true(GetAce(list, i, (void **)&entry));
        if (entry->Header.AceType != ACCESS_ALLOWED_ACE_TYPE)
            continue;
        g_assert_true(ConvertSidToStringSidW(&entry->SidStart, &text));
        sid = wh_windows_utf8(text);
        LocalFree(text);
        add_rights_of_users(sid, entry->Mask, &rights);
    }
    LocalFree(descriptor);
    g_assert_cmphex(rights & (FILE_CREATE_PIPE_INSTANCE | WRITE_DAC | WRITE_OWNER | DELETE), ==, 0);
    g_assert_cmphex(rights & FILE_READ_DATA, !=, 0);
    g_assert_cmphex(rights & FILE_WRITE_DATA, !=, 0);
}

static void test_flags(Fixture *fixture, gconstpointer data)
{
    HANDLE handle = open_as(fixture, 0);
    DWORD flags, most;

    g_assert_true(GetNamedPipeInfo(handle, &flags, NULL, NULL, &most));
    CloseHandle(handle);
    g_assert_cmphex(flags & (PIPE_TYPE_MESSAGE | PIPE_SERVER_END), ==, 0);
    g_assert_cmpuint(most, >=, PIPE_UNLIMITED_INSTANCES);
}

/* Clients that went on holding their end when the listener's process had died. */
static void test_held_by_clients(Fixture *fixture, gconstpointer data)
{
    HANDLE holder = open_as(fixture, 0);
    g_autoptr(GIOStream) client = NULL;
    g_autoptr(GError) error = NULL;

    wh_helper_for_count(&fixture->count, 1);
    g_clear_pointer(&fixture->listener, wh_listener_free);
    g_ptr_array_set_size(fixture->streams, 0);
    fixture->listener = wh_listener_new(fixture->address, TRUE, accepted, fixture, &error);
    g_assert_no_error(error);
    client = wh_local_socket_connect(fixture->address, &error);
    g_assert_no_error(error);
    wh_helper_for_count(&fixture->count, 2);
    CloseHandle(holder);
}

static void send(HANDLE handle, const char *text)
{
    DWORD written;

    g_assert_true(WriteFile(handle, text, (DWORD)strlen(text), &written, NULL));
}

typedef struct {
    GBytes *bytes;
    guint done;
} Reading;

static void was_read(GObject *source, GAsyncResult *result, gpointer data)
{
    Reading *reading = data;

    reading->bytes = g_input_stream_read_bytes_finish(G_INPUT_STREAM(source), result, NULL);
    reading->done++;
}

static void expect_text(GIOStream *stream, const char *text)
{
    Reading reading = {0};

    g_input_stream_read_bytes_async(g_io_stream_get_input_stream(stream), 100, G_PRIORITY_DEFAULT,
                                    NULL, was_read, &reading);
    wh_helper_for_count(&reading.done, 1);
    g_assert_nonnull(reading.bytes);
    wh_helper_assert_bytes(g_bytes_get_data(reading.bytes, NULL), g_bytes_get_size(reading.bytes),
                           text, strlen(text));
    g_bytes_unref(reading.bytes);
}

/* However somebody wants to be known, what they say first is not lost. */
static void test_ways_to_be_known(Fixture *fixture, gconstpointer data)
{
    static const DWORD ways[] = {0, SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                                 SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION,
                                 SECURITY_SQOS_PRESENT | SECURITY_IMPERSONATION |
                                     SECURITY_CONTEXT_TRACKING};

    for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
        HANDLE handle = open_as(fixture, ways[i]);

        send(handle, "first words");
        wh_helper_for_count(&fixture->count, i + 1);
        g_assert_true(fixture->peer.known);
        expect_text(fixture->streams->pdata[i], "first words");
        CloseHandle(handle);
    }
}

/* What was read to find out who is there comes before what is read later. */
static void test_early_words(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GBytes) early = g_bytes_new_static("early", 5);
    HANDLE handle = open_as(fixture, 0);
    g_autoptr(GIOStream) stream = NULL;

    wh_helper_for_count(&fixture->count, 1);
    stream = wh_pipe_stream_new(wh_pipe_stream_pipe(fixture->streams->pdata[0]), early);
    send(handle, "late");
    expect_text(stream, "early");
    expect_text(stream, "late");
    CloseHandle(handle);
}

/* Nothing written is not the end. Wine does not hand it on at all; Windows does. */
static void test_nothing_written(Fixture *fixture, gconstpointer data)
{
    HANDLE handle = open_as(fixture, 0);

    wh_helper_for_count(&fixture->count, 1);
    send(handle, "");
    send(handle, "something");
    expect_text(fixture->streams->pdata[0], "something");
    CloseHandle(handle);
    expect_text(fixture->streams->pdata[0], "");
}

/* Came, said something and went before anybody looked. */
static void test_came_and_went(Fixture *fixture, gconstpointer data)
{
    HANDLE handle = open_as(fixture, 0);

    send(handle, "hello");
    CloseHandle(handle);
    wh_helper_for_count(&fixture->count, 1);
    expect_text(fixture->streams->pdata[0], "hello");
    expect_text(fixture->streams->pdata[0], "");
}

typedef struct {
    Fixture *fixture;
    guint connected;
} Crowd;

static gpointer crowd_run(gpointer data)
{
    Crowd *crowd = data;

    for (guint i = 0; i < 20; i++) {
        GIOStream *stream = wh_local_socket_connect(crowd->fixture->address, NULL);

        if (stream != NULL)
            crowd->connected++;
        g_clear_object(&stream);
    }
    return NULL;
}

/* More come at once than there are doors, and none is sent away while the loop turns. */
static void test_crowd(Fixture *fixture, gconstpointer data)
{
    Crowd crowds[4] = {0};
    GThread *threads[4];

    for (guint i = 0; i < G_N_ELEMENTS(crowds); i++) {
        crowds[i].fixture = fixture;
        threads[i] = g_thread_new("crowd", crowd_run, &crowds[i]);
    }
    wh_helper_for_count(&fixture->count, 80);
    for (guint i = 0; i < G_N_ELEMENTS(crowds); i++) {
        g_thread_join(threads[i]);
        g_assert_cmpuint(crowds[i].connected, ==, 20);
    }
}

/* Nobody opens while the loop stands still: the answer comes soon all the same. */
static void test_busy(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GPtrArray) streams = g_ptr_array_new_with_free_func(g_object_unref);
    g_autoptr(GError) error = NULL;
    gint64 began;

    for (guint i = 0; i < WH_ADAPTER_AT_ONCE; i++)
        g_ptr_array_add(streams, wh_local_socket_connect(fixture->address, NULL));
    began = g_get_monotonic_time();
    g_assert_null(wh_local_socket_connect(fixture->address, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 5 * G_USEC_PER_SEC);
    wh_helper_for_count(&fixture->count, WH_ADAPTER_AT_ONCE);
    g_ptr_array_add(streams, wh_local_socket_connect(fixture->address, NULL));
    g_assert_nonnull(streams->pdata[WH_ADAPTER_AT_ONCE]);
}

static void test_not_inherited(Fixture *fixture, gconstpointer data)
{
    HANDLE handle = wh_door_open_again(fixture->address, WH_DOOR_EVERYONE, NULL);
    DWORD flags = HANDLE_FLAG_INHERIT;

    g_assert_true(handle != NULL && GetHandleInformation(handle, &flags));
    CloseHandle(handle);
    g_assert_cmphex(flags & HANDLE_FLAG_INHERIT, ==, 0);
}

#define ADD(path, func)                                                                            \
    g_test_add("/local-socket/windows/" path, Fixture, NULL, setup, func, teardown)

void wh_adapter_add_tests(void)
{
    wh_local_socket_add_judgements();
    wh_local_socket_add_names();
    g_test_add_func("/local-socket/windows/nobody-else-may-listen", test_nobody_else_may_listen);
    ADD("access-list", test_access_list);
    ADD("flags", test_flags);
    ADD("held-by-clients", test_held_by_clients);
    ADD("ways-to-be-known", test_ways_to_be_known);
    ADD("early-words", test_early_words);
    ADD("nothing-written", test_nothing_written);
    ADD("came-and-went", test_came_and_went);
    ADD("crowd", test_crowd);
    ADD("busy", test_busy);
    ADD("not-inherited", test_not_inherited);
}
