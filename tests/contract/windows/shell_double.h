/* A shell of the test's own: what the desk asks comes here instead of the taskbar. */
#pragma once

#include <glib.h>
#include <windows.h>

G_BEGIN_DECLS

/* Back to the beginning, where there is no taskbar. */
void wh_shell_double_reset(void);

/* The taskbar comes, saying so, or its process ends. */
void wh_shell_double_set_present(gboolean present);

/* It comes without the other having ended, or is there and answers nothing. */
void wh_shell_double_restart(void);
void wh_shell_double_set_busy(gboolean busy);

/* It takes icons, and does not say anything in the way that we understand. */
void wh_shell_double_set_old(gboolean old);

/* Sends what a taskbar sends about an icon, if there is one. */
void wh_shell_double_send(UINT event);

/* The menus that are opened from now on: each ends with the next of these, the others with 0. */
void wh_shell_double_choose(int id);

/* A person closes the balloon. */
void wh_shell_double_dismiss(void);

/* The next balloon comes with the word that the one before it has ended. */
void wh_shell_double_announce_end_first(void);

/* What it has been asked, when everything is done that was to be done before; for g_free(). The
 * picture is a checksum of its pixels; the menu is opened to be read. */
char *wh_shell_double_tip(void);
char *wh_shell_double_picture(void);
char *wh_shell_double_menu(void);
char *wh_shell_double_balloon(void); /* "title: body", "" for none */
DWORD wh_shell_double_balloon_kind(void);
guint wh_shell_double_icons(void);
guint wh_shell_double_calls(void);

/* The checksum of a picture. */
char *wh_shell_double_sum(HICON picture);

G_END_DECLS
