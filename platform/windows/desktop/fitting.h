/* Text for a place of a fixed size in the system's structures. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* Copies UTF-8 into `room` UTF-16 units, the ending NUL included. What is too long is cut between
 * two characters and ends with "…"; what is not UTF-8 is replaced. */
void wh_fitting_copy(wchar_t *to, gsize room, const char *text);

G_END_DECLS
