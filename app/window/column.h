/* A column that is no wider than is pleasant to read, in the middle of what room there is. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_COLUMN (wh_column_get_type())
/* Holds one child. Its width is counted in letters, so that it grows with the person's text size.
 */
G_DECLARE_FINAL_TYPE(WhColumn, wh_column, WH, COLUMN, GtkBin)

G_END_DECLS
