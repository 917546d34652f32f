/* The strings by which tests pull at the fake single instance. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing runs. Instances still alive must be freed before. */
void wh_fake_single_instance_reset(void);

/* Another start asks whoever runs: its answer, or -1 when nobody runs. */
int wh_fake_single_instance_ask(const char *request);

/* Another program runs from now on, and answers this; -1: it has ended. What it was asked last, or
 * NULL. */
void wh_fake_single_instance_set_other(int answer);
const char *wh_fake_single_instance_asked(void);

/* TRUE: who is told to end does not. */
void wh_fake_single_instance_set_stubborn(gboolean stubborn);

G_END_DECLS
