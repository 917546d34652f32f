/* Which form the window opens, and what becomes of what it brings. Private to the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

void wh_window_forms_add_host(WhWindow *window);
void wh_window_forms_edit_host(WhWindow *window, const char *host);

/* at_secret: begins at the account's secret. */
void wh_window_forms_edit_account(WhWindow *window, const char *account, gboolean at_secret);

/* The list of accounts. */
void wh_window_forms_accounts(WhWindow *window);

G_END_DECLS
