#include "platform/sealer.h"

#include "platform/linux/sealer_call.h"
#include "tests/contract/helper.h"
#include "tests/contract/linux/child.h"
#include "tests/contract/linux/sealer_double.h"
#include "tests/contract/sealer_adapter.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* What the sealer of the shared tests talks to. */
typedef struct {
    char *folder;
    WhSealerDouble *double_;
} Place;

static Place *place(void)
{
    static Place place;

    return &place;
}

static WhSealer *sealer_with(WhDoubleMode mode)
{
    place()->folder = wh_helper_folder_new();
    place()->double_ = wh_sealer_double_new(place()->folder, mode);
    return wh_sealer_new(place()->folder);
}

WhSealer *wh_adapter_sealer_new(WhAdapterSealer mode)
{
    if (mode != WH_ADAPTER_SEALER_ABSENT)
        return sealer_with(mode == WH_ADAPTER_SEALER_WORKS ? WH_DOUBLE_SEALS : WH_DOUBLE_EMPTY);
    place()->folder = wh_helper_folder_new();
    return wh_sealer_new(place()->folder);
}

void wh_adapter_sealer_replace_key(void)
{
    wh_sealer_double_set_key(place()->double_, 2);
}

void wh_adapter_sealer_set_slow(gboolean slow)
{
    wh_sealer_double_set_mode(place()->double_, slow ? WH_DOUBLE_SILENT : WH_DOUBLE_SEALS);
}

void wh_adapter_sealer_end(void)
{
    g_clear_pointer(&place()->double_, wh_sealer_double_free);
    g_clear_pointer(&place()->folder, wh_helper_folder_remove);
}

typedef struct {
    guint calls;
    char *bytes;
    gsize length;
    GError *error;
} Answer;

static void on_done(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Answer *answer = data;

    answer->calls++;
    answer->bytes = g_strndup(bytes != NULL ? bytes : "", length);
    answer->length = length;
    answer->error = error != NULL ? g_error_copy(error) : NULL;
}

static void answer_clear(Answer *answer)
{
    g_free(answer->bytes);
    g_clear_error(&answer->error);
    *answer = (Answer){0};
}

static void ask(WhSealer *sealer, gboolean unseals, const char *text, Answer *answer)
{
    answer_clear(answer);
    if (unseals)
        wh_sealer_unseal(sealer, text, strlen(text), on_done, answer);
    else
        wh_sealer_seal(sealer, text, strlen(text), on_done, answer);
    wh_helper_for_count(&answer->calls, 1);
}

static void end(WhSealer *sealer, Answer *answer)
{
    answer_clear(answer);
    wh_sealer_free(sealer);
    wh_adapter_sealer_end();
}

static void test_empty_answer(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_EMPTY);
    Answer answer = {0};

    ask(sealer, FALSE, "hunter2", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_FAILED);
    ask(sealer, TRUE, "sealed", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    end(sealer, &answer);
}

static void test_slow(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_SLOW);
    g_autofree char *text = g_strnfill(20 * 1024, 'x');
    g_autofree char *sealed = NULL;
    Answer answer = {0};

    ask(sealer, FALSE, text, &answer);
    g_assert_no_error(answer.error);
    sealed = g_strdup(answer.bytes);
    ask(sealer, TRUE, sealed, &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpstr(answer.bytes, ==, text);
    end(sealer, &answer);
}

/* It says nothing about what was sealed. */
static void test_ends_early(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_DEAF);
    g_autofree char *text = g_strnfill(64 * 1024, 'x');
    Answer answer = {0};

    ask(sealer, FALSE, text, &answer);
    g_assert_nonnull(answer.error);
    g_assert_cmpuint(answer.length, ==, 0);
    ask(sealer, FALSE, "hunter2", &answer);
    g_assert_nonnull(answer.error);
    end(sealer, &answer);
}

static void test_endless(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_ENDLESS);
    Answer answer = {0};

    ask(sealer, TRUE, "sealed", &answer);
    g_assert_nonnull(answer.error);
    g_assert_false(g_error_matches(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
    end(sealer, &answer);
}

static void test_no_text(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_BINARY);
    Answer answer = {0};

    ask(sealer, FALSE, "hunter2", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_FAILED);
    ask(sealer, TRUE, "sealed", &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpuint(answer.length, ==, 3);
    end(sealer, &answer);
}

/* The sockets are there and nobody listens. */
static void test_nobody_listens(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_SEALS);
    Answer answer = {0};

    g_clear_pointer(&place()->double_, wh_sealer_double_free);
    g_assert_true(wh_sealer_is_present(sealer));
    ask(sealer, TRUE, "sealed", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    end(sealer, &answer);
}

static void test_no_sockets_but_files(void)
{
    WhSealer *sealer = wh_adapter_sealer_new(WH_ADAPTER_SEALER_ABSENT);
    g_autofree char *one = g_build_filename(place()->folder, "encrypt", NULL);
    g_autofree char *other = g_build_filename(place()->folder, "decrypt", NULL);

    g_assert_true(g_file_set_contents(one, "", 0, NULL));
    g_assert_true(g_file_set_contents(other, "", 0, NULL));
    g_assert_false(wh_sealer_is_present(sealer));
    wh_sealer_free(sealer);
    wh_adapter_sealer_end();
}

static gboolean has_four(gpointer data)
{
    return wh_sealer_double_count(place()->double_) >= 4;
}

/* The double counts on threads of its own, and wakes no loop. */
static gboolean keep_turning(gpointer data)
{
    return G_SOURCE_CONTINUE;
}

static void test_four_at_a_time(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_SILENT);
    Answer answers[12] = {0};
    GSource *tick = g_timeout_source_new(5);

    g_source_set_callback(tick, keep_turning, NULL, NULL);
    g_source_attach(tick, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
        wh_sealer_seal(sealer, "hunter2", 7, on_done, &answers[i]);
    wh_helper_until(has_four, NULL);
    wh_helper_settle();
    g_assert_cmpuint(wh_sealer_double_count(place()->double_), ==, 4);
    wh_sealer_double_go_on(place()->double_);
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
        wh_helper_for_count(&answers[i].calls, 1);
        g_assert_no_error(answers[i].error);
        answer_clear(&answers[i]);
    }
    g_source_destroy(tick);
    g_source_unref(tick);
    wh_sealer_free(sealer);
    wh_adapter_sealer_end();
}

/* One that never answers; the sealer itself is more patient. */
static void test_never_answers(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_SILENT);
    g_autofree char *path = g_build_filename(place()->folder, "encrypt", NULL);
    Answer answer = {0};

    wh_sealer_call_new(path, "hunter2", 7, 100, 1, on_done, &answer);
    wh_helper_for_count(&answer.calls, 1);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    end(sealer, &answer);
}

static void test_broken_off(void)
{
    WhSealer *sealer = sealer_with(WH_DOUBLE_SILENT);
    g_autofree char *path = g_build_filename(place()->folder, "encrypt", NULL);
    Answer answer = {0};

    wh_sealer_call_free(wh_sealer_call_new(path, "hunter2", 7, 100, 1, on_done, &answer));
    wh_sealer_double_go_on(place()->double_);
    wh_helper_settle();
    g_assert_cmpuint(answer.calls, ==, 0);
    end(sealer, &answer);
}

/* Somebody who could put a socket into the folder gets no secret. */
static void listen_as_stranger(gpointer data)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    char byte;

    g_strlcpy(address.sun_path, data, sizeof address.sun_path);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 4) != 0)
        _exit(2);
    wh_child_ready();
    fd = accept(fd, NULL, NULL);
    _exit(read(fd, &byte, 1) == 0 ? 0 : 1);
}

static void test_stranger(void)
{
    WhSealer *sealer;
    g_autofree char *path = NULL;
    Answer answer = {0};
    WhChild *child;

    if (geteuid() != 0) {
        g_test_skip("Only root can be somebody else");
        return;
    }
    sealer = wh_adapter_sealer_new(WH_ADAPTER_SEALER_ABSENT);
    path = g_build_filename(place()->folder, "encrypt", NULL);
    g_assert_cmpint(chmod(place()->folder, 0777), ==, 0);
    child = wh_child_start(12345, listen_as_stranger, path);
    g_assert_true(wh_child_is_ready(child));
    ask(sealer, FALSE, "hunter2", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
    g_assert_cmpint(wh_child_wait(child), ==, 0);
    end(sealer, &answer);
}

/* The program itself behind such sockets, with a key that is not the computer's. */
static void test_real(void)
{
    WhSealer *sealer;
    g_autofree char *text = g_strnfill(24 * 1024, 'x');
    g_autofree char *sealed = NULL;
    Answer answer = {0};

    if (!g_file_test("/usr/bin/systemd-creds", G_FILE_TEST_IS_EXECUTABLE)) {
        g_test_skip("There is no systemd-creds");
        return;
    }
    sealer = sealer_with(WH_DOUBLE_REAL);
    ask(sealer, FALSE, text, &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpuint(answer.length, <, 48 * 1024);
    sealed = g_strdup(answer.bytes);
    ask(sealer, TRUE, sealed, &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpstr(answer.bytes, ==, text);
    wh_sealer_double_set_key(place()->double_, 2);
    ask(sealer, TRUE, sealed, &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    wh_sealer_double_set_key(place()->double_, 1);
    sealed[1000] = sealed[1000] == 'A' ? 'B' : 'A';
    ask(sealer, TRUE, sealed, &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    ask(sealer, TRUE, "", &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    end(sealer, &answer);
}

#define ADD(path, func) g_test_add_func("/sealer/linux/" path, func)

void wh_adapter_add_tests(void)
{
    ADD("empty-answer", test_empty_answer);
    ADD("slow", test_slow);
    ADD("ends-early", test_ends_early);
    ADD("endless", test_endless);
    ADD("no-text", test_no_text);
    ADD("nobody-listens", test_nobody_listens);
    ADD("no-sockets-but-files", test_no_sockets_but_files);
    ADD("four-at-a-time", test_four_at_a_time);
    ADD("never-answers", test_never_answers);
    ADD("broken-off", test_broken_off);
    ADD("stranger", test_stranger);
    ADD("real", test_real);
}
