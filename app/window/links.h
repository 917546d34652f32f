/* Web pages that a person may open. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A flat button that opens `uri`; NULL when it is no https address, which is never opened. */
GtkWidget *wh_links_button(const char *text, const char *uri);

/* What a person knows a site by ("www.example.org"), for g_free(); NULL when there is none. */
char *wh_links_site(const char *uri);

G_END_DECLS
