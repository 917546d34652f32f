#include "platform/sealer.h"

#include "tests/contract/helper.h"
#include "tests/contract/sealer_adapter.h"

#include <string.h>

typedef struct {
    WhSealer *sealer;
} Fixture;

/* What came of one call. */
typedef struct {
    guint calls;
    char *bytes;
    gsize length;
    GError *error;
} Answer;

static void setup(Fixture *fixture, gconstpointer data)
{
    fixture->sealer = wh_adapter_sealer_new((WhAdapterSealer)GPOINTER_TO_INT(data));
}

static void teardown(Fixture *fixture, gconstpointer data)
{
    wh_sealer_free(fixture->sealer);
    wh_adapter_sealer_end();
}

static void answer_clear(Answer *answer)
{
    g_free(answer->bytes);
    g_clear_error(&answer->error);
    *answer = (Answer){0};
}

static void on_done(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Answer *answer = data;

    answer->calls++;
    answer->bytes = error == NULL ? g_memdup2(bytes, length + 1) : NULL;
    answer->length = length;
    answer->error = error != NULL ? g_error_copy(error) : NULL;
}

static void seal(Fixture *fixture, const char *bytes, gsize length, Answer *answer)
{
    answer_clear(answer);
    wh_sealer_seal(fixture->sealer, bytes, length, on_done, answer);
    g_assert_cmpuint(answer->calls, ==, 0);
    wh_helper_for_count(&answer->calls, 1);
}

static void unseal(Fixture *fixture, const char *bytes, gsize length, Answer *answer)
{
    answer_clear(answer);
    wh_sealer_unseal(fixture->sealer, bytes, length, on_done, answer);
    g_assert_cmpuint(answer->calls, ==, 0);
    wh_helper_for_count(&answer->calls, 1);
}

static void check_round_trip(Fixture *fixture, const char *bytes, gsize length)
{
    Answer sealed = {0}, opened = {0};

    seal(fixture, bytes, length, &sealed);
    g_assert_no_error(sealed.error);
    g_assert_cmpuint(strlen(sealed.bytes), ==, sealed.length);
    unseal(fixture, sealed.bytes, sealed.length, &opened);
    g_assert_no_error(opened.error);
    wh_helper_assert_bytes(opened.bytes, opened.length, bytes, length);
    answer_clear(&sealed);
    answer_clear(&opened);
}

static void test_round_trip(Fixture *fixture, gconstpointer data)
{
    g_autofree char *longest = g_strnfill(40 * 1024, 'x');

    g_assert_true(wh_sealer_is_present(fixture->sealer));
    check_round_trip(fixture, "hunter2", 7);
    check_round_trip(fixture, "a\0b\n\xff", 5);
    check_round_trip(fixture, longest, 40 * 1024);
}

static void test_is_not_shown(Fixture *fixture, gconstpointer data)
{
    Answer sealed = {0};

    seal(fixture, "hunter2", 7, &sealed);
    g_assert_null(strstr(sealed.bytes, "hunter2"));
    answer_clear(&sealed);
}

static void check_damaged(Fixture *fixture, const char *text)
{
    Answer opened = {0};

    unseal(fixture, text, strlen(text), &opened);
    g_assert_error(opened.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    answer_clear(&opened);
}

static void test_damaged(Fixture *fixture, gconstpointer data)
{
    Answer sealed = {0};
    g_autofree char *half = NULL;

    seal(fixture, "hunter2", 7, &sealed);
    half = g_strndup(sealed.bytes, sealed.length / 2);
    check_damaged(fixture, half);
    check_damaged(fixture, "");
    check_damaged(fixture, "no base64 at all: ????");
    check_damaged(fixture, "aGVsbG8gd29ybGQ=");
    answer_clear(&sealed);
    check_round_trip(fixture, "hunter2", 7);
}

static void test_key_replaced(Fixture *fixture, gconstpointer data)
{
    Answer sealed = {0};

    seal(fixture, "hunter2", 7, &sealed);
    wh_adapter_sealer_replace_key();
    check_damaged(fixture, sealed.bytes);
    answer_clear(&sealed);
    check_round_trip(fixture, "hunter2", 7);
}

static void test_absent(Fixture *fixture, gconstpointer data)
{
    Answer answer = {0};

    if (fixture->sealer == NULL) {
        g_test_skip("There is no such system without one");
        return;
    }
    g_assert_false(wh_sealer_is_present(fixture->sealer));
    seal(fixture, "hunter2", 7, &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    unseal(fixture, "hunter2", 7, &answer);
    g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    answer_clear(&answer);
}

/* It is neither absent nor a word about what was sealed. */
static void test_fails(Fixture *fixture, gconstpointer data)
{
    Answer answer = {0};

    g_assert_true(wh_sealer_is_present(fixture->sealer));
    seal(fixture, "hunter2", 7, &answer);
    g_assert_nonnull(answer.error);
    g_assert_false(g_error_matches(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
    g_assert_null(strstr(answer.error->message, "hunter2"));
    answer_clear(&answer);
}

static void test_many(Fixture *fixture, gconstpointer data)
{
    Answer answers[30] = {0};

    for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
        wh_sealer_seal(fixture->sealer, "hunter2", 7, on_done, &answers[i]);
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
        wh_helper_for_count(&answers[i].calls, 1);
        g_assert_no_error(answers[i].error);
    }
    wh_helper_settle();
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
        g_assert_cmpuint(answers[i].calls, ==, 1);
        answer_clear(&answers[i]);
    }
}

static void test_freed_under_way(Fixture *fixture, gconstpointer data)
{
    Answer answers[8] = {0};

    wh_adapter_sealer_set_slow(TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
        wh_sealer_seal(fixture->sealer, "hunter2", 7, on_done, &answers[i]);
    wh_helper_settle();
    g_clear_pointer(&fixture->sealer, wh_sealer_free);
    wh_adapter_sealer_set_slow(FALSE);
    wh_helper_settle();
    for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
        g_assert_cmpuint(answers[i].calls, ==, 0);
}

static void on_done_free(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Fixture *fixture = data;

    g_assert_no_error(error);
    g_clear_pointer(&fixture->sealer, wh_sealer_free);
    g_assert_cmpuint(strlen(bytes), ==, length);
}

/* Unless it comes before. */
static void on_done_never(const char *bytes, gsize length, const GError *error, gpointer data)
{
    Answer *answer = data;

    answer->calls++;
}

static gboolean is_gone(gpointer data)
{
    return ((Fixture *)data)->sealer == NULL;
}

static void test_freed_by_an_answer(Fixture *fixture, gconstpointer data)
{
    Answer never = {0};

    wh_adapter_sealer_set_slow(TRUE);
    wh_sealer_seal(fixture->sealer, "hunter2", 7, on_done_free, fixture);
    for (guint i = 0; i < 6; i++)
        wh_sealer_seal(fixture->sealer, "hunter2", 7, on_done_never, &never);
    wh_adapter_sealer_set_slow(FALSE);
    wh_helper_until(is_gone, fixture);
    wh_helper_settle();
}

#define ADD(path, mode, func)                                                                      \
    g_test_add("/sealer/" path, Fixture, GINT_TO_POINTER(WH_ADAPTER_SEALER_##mode), setup, func,   \
               teardown)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("round-trip", WORKS, test_round_trip);
    ADD("is-not-shown", WORKS, test_is_not_shown);
    ADD("damaged", WORKS, test_damaged);
    ADD("key-replaced", WORKS, test_key_replaced);
    ADD("absent", ABSENT, test_absent);
    ADD("fails", FAILS, test_fails);
    ADD("many", WORKS, test_many);
    ADD("freed-under-way", WORKS, test_freed_under_way);
    ADD("freed-by-an-answer", WORKS, test_freed_by_an_answer);
    wh_adapter_add_tests();
    return g_test_run();
}
