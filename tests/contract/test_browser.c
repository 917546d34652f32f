#include "platform/browser.h"

/* What the desktop would open by the same call, and is no page. */
static void test_pages_only(void)
{
    static const char *const others[] = {"file:///etc/passwd", "C:\\Windows\\notepad.exe",
                                         "mailto:a@b.example", "notepad", ""};

    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(wh_browser_open(others[i], 0, &error));
        g_assert_true(error->domain == G_IO_ERROR);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/browser/pages-only", test_pages_only);
    return g_test_run();
}
