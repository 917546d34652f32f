/* What only the icon over D-Bus can show. */
#pragma once

#include "tests/contract/linux/tray_icon_panel.h"

G_BEGIN_DECLS

/* The panel of the test that runs. */
WhTestPanel *wh_test_panel(void);

void wh_test_tray_icon_add_panel_tests(void);
void wh_test_tray_icon_add_menu_tests(void);
void wh_test_tray_icon_add_host_tests(void);

G_END_DECLS
