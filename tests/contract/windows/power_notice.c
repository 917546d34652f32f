#include "platform/windows/power_notice.h"

static void told(guint32 event, gpointer data)
{
    ++*(guint *)data;
}

/* That nothing wakes up here while this runs is sure; that the system takes the request shows. */
static void test_begins_and_ends(void)
{
    for (guint i = 0; i < 100; i++) {
        g_autoptr(GError) error = NULL;
        guint count = 0;
        g_autoptr(WhPowerNotice) notice = wh_power_notice_new(told, &count, &error);

        if (notice == NULL)
            g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
        else
            g_assert_no_error(error);
        if (i == 0)
            g_test_message("%s", notice != NULL ? "The system will tell" : error->message);
        g_assert_cmpuint(count, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/power-notice/begins-and-ends", test_begins_and_ends);
    return g_test_run();
}
