/* One address of a name: what it is, how it stands, and what to do next. */
#pragma once

#include "app/model/host_item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_RECORD_ROW (wh_record_row_get_type())
G_DECLARE_FINAL_TYPE(WhRecordRow, wh_record_row, WH, RECORD_ROW, GtkGrid)

/* Follows the record for as long as it lives. */
GtkWidget *wh_record_row_new(WhHostItem *host, WhRecordItem *record);

/* Borrowed. */
WhRecordItem *wh_record_row_record(WhRecordRow *row);

/* Nobody knows whether it is still so: the service is away. */
void wh_record_row_set_stale(WhRecordRow *row, gboolean stale);

/* The row below says the same next step: once is enough. */
void wh_record_row_set_told_below(WhRecordRow *row, gboolean told_below);

G_END_DECLS
