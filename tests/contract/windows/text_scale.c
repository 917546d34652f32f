#include "platform/windows/desktop/text_scale.h"

#include "tests/contract/helper.h"

#include <gdk/gdkwin32.h>
#include <gtk/gtk.h>
#include <windows.h>

#define DOTS 1024

/* The window on the test's second screen, which wants larger text, or NULL. */
static GtkWidget **on_second(void)
{
    static GtkWidget *window;

    return &window;
}

typedef UINT(WINAPI *Dpi)(HWND);

static UINT WINAPI dpi_for_window(HWND handle)
{
    GdkWindow *second = *on_second() != NULL ? gtk_widget_get_window(*on_second()) : NULL;

    return second != NULL && gdk_win32_window_get_handle(second) == handle ? 144 : 96;
}

/* In place of what the import library has: the linker takes what is here already. */
extern const Dpi __imp_GetDpiForWindow;
const Dpi __imp_GetDpiForWindow = dpi_for_window;

/* What GTK enlarges already is not asked of the text once more. */
static void test_resolution(void)
{
    g_assert_cmpint(wh_text_scale_resolution(96, 1), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(120, 1), ==, 120 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(144, 1), ==, 144 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(192, 2), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(240, 2), ==, 120 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(288, 3), ==, 96 * DOTS);
}

/* A factor that the person gave GTK on a screen that wants none. */
static void test_never_below_usual(void)
{
    g_assert_cmpint(wh_text_scale_resolution(96, 2), ==, 96 * DOTS);
    g_assert_cmpint(wh_text_scale_resolution(0, 0), ==, 96 * DOTS);
}

static int resolution(void)
{
    int present = 0;

    g_object_get(gtk_settings_get_default(), "gtk-xft-dpi", &present, NULL);
    return present;
}

static GtkWidget *window_new(void)
{
    GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);

    gtk_widget_show(window);
    wh_helper_settle();
    return window;
}

static void send(GtkWidget *window, GdkEventType type, gboolean in)
{
    GdkEvent *event = gdk_event_new(type);

    event->any.window = g_object_ref(gtk_widget_get_window(window));
    if (type == GDK_FOCUS_CHANGE)
        event->focus_change.in = (gint16)in;
    gtk_widget_event(window, event);
    gdk_event_free(event);
}

static void move(GtkWidget *window)
{
    send(window, GDK_CONFIGURE, FALSE);
}

static void activate(GtkWidget *window, GtkWidget *former)
{
    send(former, GDK_FOCUS_CHANGE, FALSE);
    send(window, GDK_FOCUS_CHANGE, TRUE);
}

static void test_the_active_window_decides(void)
{
    WhTextScale *scale;

    /* GDK and Pango complain of a computer without keyboards and fonts, as Wine's may be. */
    g_log_set_always_fatal(G_LOG_FATAL_MASK);
    if (!gtk_init_check(NULL, NULL)) {
        g_test_skip("There is no display");
        return;
    }
    scale = wh_text_scale_new();
    GtkWidget *first = window_new();
    GtkWidget *second = window_new();
    *on_second() = second;
    activate(first, second);
    g_assert_cmpint(resolution(), ==, 96 * DOTS);
    move(second);
    g_assert_cmpint(resolution(), ==, 96 * DOTS);
    activate(second, first);
    g_assert_cmpint(resolution(), ==, 144 * DOTS);
    move(first);
    g_assert_cmpint(resolution(), ==, 144 * DOTS);
    gtk_widget_destroy(first);
    send(second, GDK_FOCUS_CHANGE, FALSE);
    *on_second() = NULL;
    move(second);
    g_assert_cmpint(resolution(), ==, 96 * DOTS);
    wh_text_scale_free(scale);
    gtk_widget_destroy(second);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text-scale/resolution", test_resolution);
    g_test_add_func("/text-scale/never-below-usual", test_never_below_usual);
    g_test_add_func("/text-scale/the-active-window-decides", test_the_active_window_decides);
    return g_test_run();
}
