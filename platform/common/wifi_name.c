#include "platform/common/wifi_name.h"

#define REPLACEMENT 0xfffd

char *wh_wifi_name_text(const guint8 *bytes, gsize length)
{
    g_autofree char *valid = NULL;
    g_autoptr(GString) text = g_string_new(NULL);

    if (length == 0 || length > WH_WIFI_NAME_BYTES || bytes[0] == '\0')
        return NULL;
    valid = g_utf8_make_valid((const char *)bytes, (gssize)length);
    for (const char *place = valid; *place != '\0'; place = g_utf8_next_char(place)) {
        gunichar character = g_utf8_get_char(place);

        g_string_append_unichar(text, g_unichar_isprint(character) ? character : REPLACEMENT);
    }
    return g_strdup(text->str);
}
