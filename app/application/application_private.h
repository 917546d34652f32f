/* What the files of the application share. */
#pragma once

#include "app/application/application.h"
#include "app/application/start.h"
#include "app/keyring/keyring_copy.h"
#include "app/notify/announcer.h"
#include "app/tray/tray.h"
#include "app/tray/tray_requests.h"
#include "app/window/window.h"
#include "platform/appearance.h"
#include "platform/single_instance.h"

G_BEGIN_DECLS

/* window: NULL while there is none; it is made when somebody wants to see it and gone when it is
 * closed. Everything else lives from the first command line to the end. start: what that asked
 * for. */
struct _WhApplication {
    GtkApplication parent;
    WhModel *model;
    WhStart *start;
    WhSingleInstance *instance;
    WhAppearance *appearance;
    WhTray *tray;
    WhTrayRequests *requests;
    WhAnnouncer *announcer;
    WhKeyringCopy *copy;
    GtkWidget *window;
};

/* Adds the actions of menus and notifications ("app."). */
void wh_application_add_actions(WhApplication *application);

/* The window, made when there is none, in front of the others. */
WhWindow *wh_application_show_window(WhApplication *application);

G_END_DECLS
