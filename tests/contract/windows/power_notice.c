#include "platform/windows/power_notice_private.h"

#define MANY 100
#define A_WHILE (50 * 1000)

/* What the system of the test was given, and how often that was taken back. */
typedef struct {
    WhPowerParameters given;
    guint ended;
} World;

static World *world(void)
{
    static World the_world;

    return &the_world;
}

static DWORD WINAPI begin(DWORD flags, HANDLE recipient, HANDLE *registration)
{
    world()->given = *(const WhPowerParameters *)recipient;
    *registration = world();
    return ERROR_SUCCESS;
}

static DWORD WINAPI end(HANDLE registration)
{
    g_assert_true(registration == world());
    world()->ended++;
    return ERROR_SUCCESS;
}

static DWORD WINAPI refuse(DWORD flags, HANDLE recipient, HANDLE *registration)
{
    return ERROR_ACCESS_DENIED;
}

static gpointer system_tells(gpointer data)
{
    world()->given.callback(world()->given.context, 7, NULL);
    return NULL;
}

static void count(guint32 event, gpointer data)
{
    g_assert_cmpuint(event, ==, 7);
    ++*(guint *)data;
}

static const WhPowerCalls calls = {begin, end};

/* That nothing wakes up here while this runs is sure; that the system takes the request shows. */
static void test_begins_and_ends(void)
{
    for (guint i = 0; i < MANY; i++) {
        g_autoptr(GError) error = NULL;
        guint heard = 0;
        g_autoptr(WhPowerNotice) notice = wh_power_notice_new(count, &heard, &error);

        if (notice == NULL)
            g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
        else
            g_assert_no_error(error);
        if (i == 0)
            g_test_message("%s", notice != NULL ? "The system will tell" : error->message);
        g_assert_cmpuint(heard, ==, 0);
    }
}

/* The system confirms the end, and calls all the same. Other memory is taken meanwhile. */
static void test_told_after_the_end(void)
{
    guint heard = 0;
    gpointer others[MANY];

    *world() = (World){0};
    WhPowerNotice *notice = wh_power_notice_new_under(&calls, count, &heard, NULL);
    system_tells(NULL);
    g_assert_cmpuint(heard, ==, 1);
    wh_power_notice_free(notice);
    g_assert_cmpuint(world()->ended, ==, 1);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        others[i] = g_malloc0(8 * (i + 1));
    system_tells(NULL);
    g_assert_cmpuint(heard, ==, 1);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        g_free(others[i]);
}

typedef struct {
    gint inside;
    gint over;
} Slow;

static void take_long(guint32 event, gpointer data)
{
    Slow *slow = data;

    g_atomic_int_set(&slow->inside, TRUE);
    g_usleep(A_WHILE);
    g_atomic_int_set(&slow->over, TRUE);
}

static void test_waits_for_a_call(void)
{
    Slow slow = {0};

    *world() = (World){0};
    WhPowerNotice *notice = wh_power_notice_new_under(&calls, take_long, &slow, NULL);
    GThread *thread = g_thread_new("system", system_tells, NULL);
    while (!g_atomic_int_get(&slow.inside))
        g_usleep(1000);
    wh_power_notice_free(notice);
    g_assert_true(g_atomic_int_get(&slow.over));
    g_thread_join(thread);
}

static void test_refused(void)
{
    const WhPowerCalls systems[] = {{refuse, end}, {NULL, end}, {begin, NULL}};

    for (guint i = 0; i < G_N_ELEMENTS(systems); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(wh_power_notice_new_under(&systems[i], count, NULL, &error));
        g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/power-notice/begins-and-ends", test_begins_and_ends);
    g_test_add_func("/power-notice/told-after-the-end", test_told_after_the_end);
    g_test_add_func("/power-notice/waits-for-a-call", test_waits_for_a_call);
    g_test_add_func("/power-notice/refused", test_refused);
    return g_test_run();
}
