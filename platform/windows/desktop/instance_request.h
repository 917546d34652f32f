/* A request of another start, on its way by WM_COPYDATA to the program that runs already. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* Asks the window of this class, if there is one by now; FALSE: there is none. *answer is what it
 * said, 255 when it said nothing for ten seconds. */
gboolean wh_instance_request_send(const wchar_t *class_name, const char *request, int *answer);

/* Of a WM_COPYDATA: the request, for g_free(), or NULL when it is none. */
char *wh_instance_request_read(LPARAM data);

/* What the window's procedure returns for an answer. */
LRESULT wh_instance_request_result(int answer);

G_END_DECLS
