#include "platform/appearance.h"

struct WhAppearance {
    char nothing;
};

void wh_appearance_prepare(const char *id)
{
}

WhAppearance *wh_appearance_new(void)
{
    return g_new0(WhAppearance, 1);
}

void wh_appearance_free(WhAppearance *appearance)
{
    g_free(appearance);
}
