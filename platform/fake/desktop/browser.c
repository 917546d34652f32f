#include "platform/browser.h"

#include "platform/fake/browser_fake.h"

typedef struct {
    char *page;
    gboolean absent;
} State;

static State *the_state(void)
{
    static State state;

    return &state;
}

void wh_fake_browser_reset(void)
{
    g_clear_pointer(&the_state()->page, g_free);
    the_state()->absent = FALSE;
}

void wh_fake_browser_set_present(gboolean present)
{
    the_state()->absent = !present;
}

const char *wh_fake_browser_page(void)
{
    return the_state()->page;
}

gboolean wh_browser_open(const char *uri, guint32 time, GError **error)
{
    gboolean is_page = g_str_has_prefix(uri, "https://") || g_str_has_prefix(uri, "http://");

    if (!is_page || the_state()->absent) {
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "No browser can be started");
        return FALSE;
    }
    g_free(the_state()->page);
    the_state()->page = g_strdup(uri);
    return TRUE;
}
