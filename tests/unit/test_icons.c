#include <gtk/gtk.h>

#define SIZE 22
/* So far the roof reaches beyond the walls on each side. */
#define EAVES 4
#define PIXELS_LEAST 4
#define DIFFERENCE_LEAST 40

/* By its lightness or its colour. */
static gboolean stands_out(const guchar *pixel, int grey)
{
    for (guint i = 0; i < 3; i++)
        if (ABS(pixel[i] - grey) * pixel[3] / 255 >= DIFFERENCE_LEAST)
            return TRUE;
    return FALSE;
}

/* Of its two ends. */
static guint roof_pixels(GdkPixbuf *icon, int grey)
{
    const guchar *pixels = gdk_pixbuf_read_pixels(icon);
    guint count = 0;

    for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x += x == EAVES - 1 ? SIZE - 2 * EAVES + 1 : 1)
            count += stands_out(pixels + y * gdk_pixbuf_get_rowstride(icon) + x * 4, grey);
    return count;
}

/* A panel may be of any grey, and none swallows the roof. */
static void test_roof_on_any_grey(gconstpointer state)
{
    g_autofree char *path = g_strdup_printf(
        WH_BINARY_DIR "/icons/hicolor/22x22/status/wayhome-%s.png", (const char *)state);
    g_autoptr(GError) error = NULL;
    g_autoptr(GdkPixbuf) icon = gdk_pixbuf_new_from_file(path, &error);

    g_assert_no_error(error);
    g_assert_cmpint(gdk_pixbuf_get_width(icon), ==, SIZE);
    g_assert_true(gdk_pixbuf_get_has_alpha(icon));
    for (int grey = 0; grey < 256; grey++)
        if (roof_pixels(icon, grey) < PIXELS_LEAST)
            g_error("The roof of %s cannot be seen on grey %d", (const char *)state, grey);
}

int main(int argc, char **argv)
{
    static const char *const states[] = {"ok", "updating", "attention", "offline", "paused"};

    g_test_init(&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(states); i++) {
        g_autofree char *path = g_strdup_printf("/icons/roof-on-any-grey/%s", states[i]);

        g_test_add_data_func(path, states[i], test_roof_on_any_grey);
    }
    return g_test_run();
}
