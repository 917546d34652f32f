/* The icon in the desktop's tray, with a menu.
 *
 * Callbacks come in the main context of the thread that made the icon. A desktop without a tray is
 * no error: the icon appears as soon as there is one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct WhTrayIcon WhTrayIcon;

/* One line of the menu. id is positive, below 2^30, and stays the same for the same thing; 0 is a
 * separator.
 * label is plain text: an underscore is an underscore. */
typedef struct {
    int id;
    const char *label;
    gboolean insensitive;
    gboolean checkable;
    gboolean checked;
} WhTrayMenuItem;

/* Whether somebody shows the icon. */
typedef enum {
    WH_TRAY_ICON_LOOKING, /* not known yet */
    WH_TRAY_ICON_SHOWN,
    WH_TRAY_ICON_NO_TRAY, /* this desktop shows no icons at present */
} WhTrayIconPresence;

typedef struct {
    void (*activated)(gpointer data);                             /* a left click, or its like */
    void (*chosen)(int id, gpointer data);                        /* a line of the menu */
    void (*presence)(WhTrayIconPresence presence, gpointer data); /* it changed */
} WhTrayIconCallbacks;

/* `id` is the program's name for the desktop ("wayhome"). icon_folder holds the icons of a copy
 * that is not installed (a folder with the layout of an icon theme), or NULL. Free with
 * wh_tray_icon_free(). */
WhTrayIcon *wh_tray_icon_new(const char *id, const char *icon_folder,
                             const WhTrayIconCallbacks *callbacks, gpointer data);
void wh_tray_icon_free(WhTrayIcon *icon);

/* The name of an icon of the icon theme; attention asks the desktop to keep it in view. As with the
 * two below, what is the same as before costs nothing. */
void wh_tray_icon_set_icon(WhTrayIcon *icon, const char *name, gboolean attention);

/* title is a few words, body one sentence or more; both are read to people who cannot see the
 * icon. */
void wh_tray_icon_set_tooltip(WhTrayIcon *icon, const char *title, const char *body);

/* Copies the items. A click on a line that is insensitive, or gone meanwhile, is not passed on. */
void wh_tray_icon_set_menu(WhTrayIcon *icon, const WhTrayMenuItem *items, guint count);

/* As the callback said last. A tray may come or go at any time. */
WhTrayIconPresence wh_tray_icon_presence(WhTrayIcon *icon);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WhTrayIcon, wh_tray_icon_free)

G_END_DECLS
