#include "platform/appearance.h"

#include "platform/windows/desktop/registry_watch.h"
#include "platform/windows/desktop/text_scale.h"
#include "platform/windows/text.h"

#include <gtk/gtk.h>
#include <shobjidl.h>

#define PERSONALIZE L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define HIGH_CONTRAST L"Control Panel\\Accessibility\\HighContrast"
#define DESKTOP L"Control Panel\\Desktop"
#define N_WATCHES 3
#define USUAL_FONT "Segoe UI 9"

struct WhAppearance {
    WhRegistryWatch *watches[N_WATCHES];
    WhTextScale *text_scale;
    char *usual_theme;
};

void wh_appearance_prepare(const char *id)
{
    g_autofree wchar_t *wide = wh_windows_wide(id);

    SetCurrentProcessExplicitAppUserModelID(wide);
}

static gboolean is_dark(COLORREF colour)
{
    return GetRValue(colour) * 3 + GetGValue(colour) * 6 + GetBValue(colour) < 1280;
}

static gboolean wants_dark(void)
{
    DWORD light = TRUE;
    DWORD length = sizeof light;

    RegGetValueW(HKEY_CURRENT_USER, PERSONALIZE, L"AppsUseLightTheme", RRF_RT_REG_DWORD, NULL,
                 &light, &length);
    return light == FALSE;
}

static gboolean wants_high_contrast(void)
{
    HIGHCONTRASTW contrast = {.cbSize = sizeof contrast};

    return SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) &&
           (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0;
}

static gboolean wants_animations(void)
{
    BOOL animations = TRUE;

    SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, &animations, 0);
    return animations != FALSE;
}

/* GTK's high contrast has a light and a dark kind, and Windows a theme of the person's colours. */
static void follow(gpointer data)
{
    WhAppearance *appearance = data;
    GtkSettings *settings = gtk_settings_get_default();
    gboolean contrast = wants_high_contrast();
    gboolean dark = contrast ? is_dark(GetSysColor(COLOR_WINDOW)) : wants_dark();

    g_object_set(settings, "gtk-application-prefer-dark-theme", dark, "gtk-theme-name",
                 contrast ? (dark ? "HighContrastInverse" : "HighContrast")
                          : appearance->usual_theme,
                 "gtk-enable-animations", wants_animations(), NULL);
}

/* Of a font that Pango does not know there is no name, and windows get absurdly large. */
static void mend_font(GtkSettings *settings)
{
    g_autofree char *font = NULL;

    g_object_get(settings, "gtk-font-name", &font, NULL);
    if (font == NULL || *font == '\0' || *font == '(')
        g_object_set(settings, "gtk-font-name", USUAL_FONT, NULL);
}

WhAppearance *wh_appearance_new(void)
{
    static const wchar_t *const paths[N_WATCHES] = {PERSONALIZE, HIGH_CONTRAST, DESKTOP};
    WhAppearance *appearance = g_new0(WhAppearance, 1);
    GtkSettings *settings = gtk_settings_get_default();

    if (settings == NULL)
        return appearance;
    g_object_get(settings, "gtk-theme-name", &appearance->usual_theme, NULL);
    mend_font(settings);
    appearance->text_scale = wh_text_scale_new();
    follow(appearance);
    for (guint i = 0; i < N_WATCHES; i++)
        appearance->watches[i] = wh_registry_watch_new(paths[i], follow, appearance);
    return appearance;
}

void wh_appearance_free(WhAppearance *appearance)
{
    if (appearance == NULL)
        return;
    for (guint i = 0; i < N_WATCHES; i++)
        wh_registry_watch_free(appearance->watches[i]);
    wh_text_scale_free(appearance->text_scale);
    g_free(appearance->usual_theme);
    g_free(appearance);
}
