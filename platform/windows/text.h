/* Text between this program (UTF-8) and the system (UTF-16), and the system's errors as ours. */
#pragma once

#include <gio/gio.h>
#include <windows.h>

G_BEGIN_DECLS

/* For the system's calls; free with g_free(). NULL for NULL and for text that is not UTF-8. */
wchar_t *wh_windows_wide(const char *text);

/* Of the system's text, which ends with a NUL; free with g_free(). Half a pair of surrogates, which
 * the system lets into names, becomes U+FFFD: what comes back is valid UTF-8. NULL for NULL. */
char *wh_windows_utf8(const wchar_t *text);

/* The same of `length` units, which need no NUL behind them; a NUL among them ends the text. */
char *wh_windows_utf8_of(const wchar_t *text, gsize length);

/* Writes the characters of `text` to a console: the C library would hand it single bytes of them.
 * FALSE: `console` is none, or takes nothing. */
gboolean wh_windows_console_write(HANDLE console, const char *text);

/* What the system says about a code of GetLastError(), WSAGetLastError() or an HRESULT that holds
 * one, in the person's language, without line breaks or a full stop at its end; "error 1234" where
 * it says nothing. Free with g_free(). */
char *wh_windows_error_text(guint32 code);

/* The code of G_IO_ERROR that fits. */
gint wh_windows_error_code(guint32 code);

/* Sets a G_IO_ERROR: the sentence of `format`, a colon, and the system's text. Take the code by
 * GetLastError() before anything else is called. */
void wh_windows_set_error(GError **error, guint32 code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

G_END_DECLS
