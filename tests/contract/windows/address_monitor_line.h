/* A cable whose addresses a test can change: tests/wine/line.py does it, outside of Wine. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The number of the cable's end, which is up and has neither addresses nor routes. 0 when that
 * cannot be had; the test is skipped then, with the reason. */
guint wh_line_begin(void);

/* Runs ip(8) with these arguments; aborts the test when it fails. */
void wh_line_ip(const char *format, ...) G_GNUC_PRINTF(1, 2);

G_END_DECLS
