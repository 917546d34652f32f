#include "platform/windows/desktop/icon_image.h"

#include <gtk/gtk.h>

/* Without a display there is no theme of the screen, but there are icons. */
static GtkIconTheme *theme_get(void)
{
    GdkScreen *screen = gdk_screen_get_default();
    GtkIconTheme *theme;

    if (screen != NULL)
        return g_object_ref(gtk_icon_theme_get_for_screen(screen));
    theme = gtk_icon_theme_new();
    gtk_icon_theme_set_custom_theme(theme, "hicolor");
    return theme;
}

/* Once is enough; GTK keeps a folder that is given twice, and looks there twice. */
static void folder_offer(GtkIconTheme *theme, const char *folder)
{
    g_auto(GStrv) known = NULL;

    if (folder == NULL || *folder == '\0')
        return;
    gtk_icon_theme_get_search_path(theme, &known, NULL);
    if (known == NULL || !g_strv_contains((const char *const *)known, folder))
        gtk_icon_theme_append_search_path(theme, folder);
}

static GdkPixbuf *picture_load(const char *name, const char *folder, guint size)
{
    g_autoptr(GtkIconTheme) theme = theme_get();
    g_autoptr(GError) error = NULL;
    GdkPixbuf *picture;

    folder_offer(theme, folder);
    picture = gtk_icon_theme_load_icon(theme, name, (int)size, GTK_ICON_LOOKUP_FORCE_SIZE, &error);
    if (picture == NULL)
        g_info("The icon %s cannot be shown: %s", name, error->message);
    return picture;
}

/* 32 bits a pixel, from the top, with the colour not multiplied by how opaque it is
 * (CreateIconIndirect()). */
static HBITMAP colour_new(int side, guint32 **pixels)
{
    BITMAPV5HEADER header = {.bV5Size = sizeof header,
                             .bV5Width = side,
                             .bV5Height = -side,
                             .bV5Planes = 1,
                             .bV5BitCount = 32,
                             .bV5Compression = BI_BITFIELDS,
                             .bV5RedMask = 0x00ff0000,
                             .bV5GreenMask = 0x0000ff00,
                             .bV5BlueMask = 0x000000ff,
                             .bV5AlphaMask = 0xff000000};
    HDC screen = GetDC(NULL);
    HBITMAP bitmap =
        CreateDIBSection(screen, (BITMAPINFO *)&header, DIB_RGB_COLORS, (void **)pixels, NULL, 0);

    ReleaseDC(NULL, screen);
    return bitmap;
}

static void draw(guint32 *pixels, int side, const GdkPixbuf *picture)
{
    const guint8 *from = gdk_pixbuf_read_pixels(picture);
    int stride = gdk_pixbuf_get_rowstride(picture);
    int channels = gdk_pixbuf_get_n_channels(picture);

    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            const guint8 *p = from + y * stride + x * channels;
            guint32 alpha = channels == 4 ? p[3] : 0xff;

            pixels[y * side + x] =
                alpha << 24 | (guint32)p[0] << 16 | (guint32)p[1] << 8 | (guint32)p[2];
        }
}

static HICON icon_of(const GdkPixbuf *picture, int side)
{
    guint32 *pixels = NULL;
    ICONINFO info = {.fIcon = TRUE, .hbmColor = colour_new(side, &pixels)};
    HICON icon;

    if (info.hbmColor == NULL)
        return NULL;
    draw(pixels, side, picture);
    info.hbmMask = CreateBitmap(side, side, 1, 1, NULL);
    icon = CreateIconIndirect(&info);
    DeleteObject(info.hbmMask);
    DeleteObject(info.hbmColor);
    return icon;
}

/* What the theme has may be a pixel smaller or not square. */
static GdkPixbuf *square(const GdkPixbuf *picture, int side)
{
    GdkPixbuf *whole = gdk_pixbuf_new(GDK_COLORSPACE_RGB, TRUE, 8, side, side);
    int width = MIN(gdk_pixbuf_get_width(picture), side);
    int height = MIN(gdk_pixbuf_get_height(picture), side);

    gdk_pixbuf_fill(whole, 0);
    gdk_pixbuf_copy_area(picture, 0, 0, width, height, whole, (side - width) / 2,
                         (side - height) / 2);
    return whole;
}

HICON wh_icon_image_new(const char *name, const char *folder, guint size)
{
    g_autoptr(GdkPixbuf) picture = picture_load(name, folder, size);
    g_autoptr(GdkPixbuf) whole = picture != NULL ? square(picture, (int)size) : NULL;

    return whole != NULL ? icon_of(whole, (int)size) : NULL;
}
