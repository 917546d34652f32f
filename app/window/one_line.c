#include "app/window/one_line.h"

#include <string.h>

static char *seen(const char *text, gsize length)
{
    GString *kept = g_string_new(NULL);
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
        if (!g_unichar_iscntrl(g_utf8_get_char(at)))
            g_string_append_unichar(kept, g_utf8_get_char(at));
    return g_string_free(kept, FALSE);
}

static void inserted(GtkEditable *editable, const char *text, int length, int *position,
                     gpointer data)
{
    gsize bytes = length < 0 ? strlen(text) : (gsize)length;
    g_autofree char *kept = seen(text, bytes);
    if (strlen(kept) == bytes)
        return;
    g_signal_stop_emission_by_name(editable, "insert-text");
    gtk_editable_insert_text(editable, kept, -1, position);
}

void wh_one_line_keep(GtkEntry *entry)
{
    g_signal_connect(entry, "insert-text", G_CALLBACK(inserted), NULL);
}
