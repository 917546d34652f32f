/* What a program does first thing in main(), and how it speaks with whoever starts it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, before any thread is made. Linux: bounds what the C library keeps for threads that come and
 * go. Windows: a damaged heap ends the program, libraries come from its own folder and the system's
 * alone, and g_print() and g_printerr() write UTF-8, also where they are redirected. */
void wh_process_setup(void);

/* The arguments in UTF-8, the program's name first; free with g_strfreev(). `argc` and `argv` are
 * those of main(). */
char **wh_process_arguments(int argc, char **argv);

/* Says why the program `program` cannot go on, to whoever started it: "program: sentence" on
 * standard error. Windows: in the event log where there is no standard error, as for a service. */
void wh_process_complain(const char *program, const char *sentence);

/* The same of a program with windows, which a person started to see one and who waits for it:
 * returns when they have read it. Windows: in a box on the screen, where there is no standard error
 * and this process belongs to somebody's desktop; never in the session of services. It is part of
 * the desktop's library, which a service does not have. */
void wh_process_complain_to_person(const char *program, const char *sentence);

G_END_DECLS
