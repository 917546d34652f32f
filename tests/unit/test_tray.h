/* The tests of the tray, in several files. */
#pragma once

#include "platform/tray_icon.h"
#include "tests/unit/test_model_world.h"

G_BEGIN_DECLS

/* One line a line; "(label)" cannot be chosen, "--" is a separator, "[x]" and "[ ]" are checks. For
 * g_free(). */
char *tray_menu_text(const WhTrayMenuItem *items, guint count);

/* Adds the tests of the menu alone. */
void tray_add_menu_tests(void);

/* Adds the tests of what is asked of the service. */
void tray_add_requests_tests(void);

#define TRAY_SERVICE "\"paused\":false,\"notices\":[],\"notice_details\":[]" STUB_SECRETS
#define TRAY_SERVICE_PAUSED "\"paused\":true,\"notices\":[],\"notice_details\":[]" STUB_SECRETS

G_END_DECLS
