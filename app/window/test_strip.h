/* The Test button with what it says before and after. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WH_TYPE_TEST_STRIP (wh_test_strip_get_type())
/* Signal "clicked": the person wants a test. */
G_DECLARE_FINAL_TYPE(WhTestStrip, wh_test_strip, WH, TEST_STRIP, GtkBox)

GtkWidget *wh_test_strip_new(void);

/* What came back, in words; good: it was a success. NULL: takes the last answer away. */
void wh_test_strip_answer(WhTestStrip *strip, gboolean good, const char *words);

/* Goes to the answer, so that it is seen and read out; Enter still does what the form is for. */
void wh_test_strip_focus_answer(WhTestStrip *strip);

G_END_DECLS
