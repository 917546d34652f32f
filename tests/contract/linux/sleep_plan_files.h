/* Files and settings that say when a computer sleeps, in a folder of the test's own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes the link below `root`, with its folders. */
void wh_plan_files_link(const char *root, const char *path, const char *target);

/* GNOME's power settings as Debian has them (20 minutes, suspend), and MATE's; NULL, with the test
 * skipped, where settings cannot be compiled. */
GSettingsSchemaSource *wh_plan_files_schemas(const char *root);

void wh_plan_files_add_tests(void);

G_END_DECLS
