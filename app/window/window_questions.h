/* What the window asks before it does it. Private to the window. */
#pragma once

#include "app/window/window.h"

G_BEGIN_DECLS

/* Each shows a dialog, and asks the service when the person says yes. An id that the model does not
 * know asks nothing. */
void wh_window_questions_remove_host(WhWindow *window, const char *id);
void wh_window_questions_remove_account(WhWindow *window, const char *id);
void wh_window_questions_allow_file(WhWindow *window);

G_END_DECLS
