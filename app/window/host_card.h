/* One name: how it stands, its addresses, what can be done, and how to reach it. */
#pragma once

#include "app/model/host_item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_HOST_CARD (wh_host_card_get_type())
/* Acts by the actions of its window ("win.update-host", ...), with the host's id. */
G_DECLARE_FINAL_TYPE(WhHostCard, wh_host_card, WH, HOST_CARD, GtkListBoxRow)

GtkWidget *wh_host_card_new(WhHostItem *host);

/* Opens the menu of what can be done with the name where the pointer is. */
void wh_host_card_open_menu_at(WhHostCard *card, const GdkEvent *event);

/* Nobody knows whether it is still so: the service is away. */
void wh_host_card_set_stale(WhHostCard *card, gboolean stale);

/* Borrowed. */
WhHostItem *wh_host_card_host(WhHostCard *card);

G_END_DECLS
