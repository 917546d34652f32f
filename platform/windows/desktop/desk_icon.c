#include "platform/windows/desktop/desk_icon.h"

#include "platform/windows/desktop/desk_menu.h"
#include "platform/windows/desktop/fitting.h"
#include "platform/windows/desktop/shell.h"

#define NUMBER 1
#define TIMER 1
#define FIRST_WAIT_MILLISECONDS 1000
#define TRIES 7

/* wanted: to be in the tray. tries: how often the shell was too busy in a row. menu_is_open: the
 * thread is within the menu's own loop. ends: it is freed when it leaves that. */
struct WhDeskIcon {
    WhWindowThread *thread;
    WhDeskIconFuncs funcs;
    gpointer data;
    UINT taskbar_created;
    gboolean wanted;
    gboolean shown;
    guint tries;
    HICON picture;
    char *tip;
    GArray *menu; /* of WhTrayMenuItem, or NULL */
    gboolean menu_is_open;
    gboolean ends;
};

static HWND window_of(WhDeskIcon *icon)
{
    return wh_window_thread_window(icon->thread);
}

WhDeskIcon *wh_desk_icon_new(WhWindowThread *thread, const WhDeskIconFuncs *funcs, gpointer data)
{
    WhDeskIcon *icon = g_new0(WhDeskIcon, 1);

    icon->thread = thread;
    icon->funcs = *funcs;
    icon->data = data;
    icon->taskbar_created = RegisterWindowMessageW(L"TaskbarCreated");
    /* A program that runs with more rights than the taskbar does not hear of it otherwise. */
    ChangeWindowMessageFilterEx(window_of(icon), icon->taskbar_created, MSGFLT_ALLOW, NULL);
    return icon;
}

gboolean wh_desk_icon_ask(HWND window, DWORD what, NOTIFYICONDATAW *data)
{
    data->cbSize = sizeof *data;
    data->hWnd = window;
    data->uID = NUMBER;
    return wh_shell_notify_icon(what, data);
}

static void fill(WhDeskIcon *icon, NOTIFYICONDATAW *data)
{
    data->uFlags = NIF_MESSAGE | NIF_TIP | NIF_SHOWTIP;
    data->uCallbackMessage = WH_DESK_ICON_EVENT;
    wh_fitting_copy(data->szTip, G_N_ELEMENTS(data->szTip), icon->tip);
    if (icon->picture == NULL)
        return;
    data->uFlags |= NIF_ICON;
    data->hIcon = icon->picture;
}

static gboolean change(WhDeskIcon *icon, DWORD what)
{
    NOTIFYICONDATAW data = {0};

    fill(icon, &data);
    return wh_desk_icon_ask(window_of(icon), what, &data);
}

static void take_out(WhDeskIcon *icon)
{
    NOTIFYICONDATAW data = {0};

    wh_desk_icon_ask(window_of(icon), NIM_DELETE, &data);
}

/* The shell gives up on itself after some seconds, and may have the icon all the same. One whose
 * events nobody would understand goes again. */
static gboolean add(WhDeskIcon *icon)
{
    NOTIFYICONDATAW version = {.uVersion = NOTIFYICON_VERSION_4};

    if (!change(icon, NIM_ADD) && !change(icon, NIM_MODIFY))
        return FALSE;
    if (wh_desk_icon_ask(window_of(icon), NIM_SETVERSION, &version))
        return TRUE;
    take_out(icon);
    return FALSE;
}

static void presence_set(WhDeskIcon *icon, gboolean shown)
{
    icon->shown = shown;
    icon->funcs.tray.presence(shown ? WH_TRAY_ICON_SHOWN : WH_TRAY_ICON_NO_TRAY, icon->data);
}

/* While people sign in the taskbar may be there and too busy to answer. Where there is none it says
 * so when it comes. */
static void try_later(WhDeskIcon *icon, gboolean has_taskbar)
{
    if (has_taskbar && icon->tries < TRIES)
        SetTimer(window_of(icon), TIMER, FIRST_WAIT_MILLISECONDS << icon->tries++, NULL);
}

void wh_desk_icon_show(WhDeskIcon *icon)
{
    HANDLE process = wh_shell_process();

    icon->wanted = TRUE;
    KillTimer(window_of(icon), TIMER);
    wh_window_thread_watch(icon->thread, process);
    if (add(icon)) {
        icon->tries = 0;
        presence_set(icon, TRUE);
        return;
    }
    try_later(icon, process != NULL);
    presence_set(icon, FALSE);
}

/* Also when the shell refused it: it may have been too busy to say that it took it. */
void wh_desk_icon_hide(WhDeskIcon *icon)
{
    if (icon->wanted)
        take_out(icon);
    icon->shown = FALSE;
    icon->wanted = FALSE;
    KillTimer(window_of(icon), TIMER);
    wh_window_thread_watch(icon->thread, NULL);
}

gboolean wh_desk_icon_is_shown(WhDeskIcon *icon)
{
    return icon->shown;
}

void wh_desk_icon_lost(WhDeskIcon *icon)
{
    if (icon->wanted)
        presence_set(icon, FALSE);
}

/* The shell copies a picture that it is given. */
void wh_desk_icon_set_picture(WhDeskIcon *icon, HICON picture)
{
    if (icon->picture != NULL)
        DestroyIcon(icon->picture);
    icon->picture = picture;
    if (icon->shown)
        change(icon, NIM_MODIFY);
}

void wh_desk_icon_set_tip(WhDeskIcon *icon, const char *tip)
{
    g_free(icon->tip);
    icon->tip = g_strdup(tip);
    if (icon->shown)
        change(icon, NIM_MODIFY);
}

void wh_desk_icon_set_menu(WhDeskIcon *icon, GArray *items)
{
    g_clear_pointer(&icon->menu, g_array_unref);
    icon->menu = g_array_ref(items);
}

static void clear(WhDeskIcon *icon)
{
    if (icon->picture != NULL)
        DestroyIcon(icon->picture);
    g_clear_pointer(&icon->menu, g_array_unref);
    g_free(icon->tip);
    g_free(icon);
}

void wh_desk_icon_free(WhDeskIcon *icon)
{
    wh_desk_icon_hide(icon);
    icon->ends = TRUE;
    if (icon->menu_is_open)
        EndMenu();
    else
        clear(icon);
}

/* A second click on the icon while its menu is open comes in the menu's own loop. */
static void menu_open(WhDeskIcon *icon, int x, int y)
{
    NOTIFYICONDATAW data = {0};
    int id;

    if (icon->menu_is_open || icon->menu == NULL || icon->menu->len == 0)
        return;
    icon->menu_is_open = TRUE;
    id = wh_desk_menu_run(window_of(icon), icon->menu, x, y);
    icon->menu_is_open = FALSE;
    if (icon->ends)
        clear(icon);
    else if (id > 0)
        icon->funcs.tray.chosen(id, icon->data);
    else if (icon->shown)
        wh_desk_icon_ask(window_of(icon), NIM_SETFOCUS, &data);
}

static void event(WhDeskIcon *icon, UINT what, int x, int y)
{
    if (what == NIN_SELECT || what == NIN_KEYSELECT)
        icon->funcs.tray.activated(icon->data);
    else if (what == WM_CONTEXTMENU)
        menu_open(icon, x, y);
}

gboolean wh_desk_icon_message(WhDeskIcon *icon, UINT message, WPARAM w, LPARAM l)
{
    if (message == icon->taskbar_created || (message == WM_TIMER && w == TIMER)) {
        if (icon->wanted)
            wh_desk_icon_show(icon);
        return TRUE;
    }
    if (message == WM_DPICHANGED || message == WM_DISPLAYCHANGE) {
        icon->funcs.resized(icon->data);
        return FALSE;
    }
    if (message != WH_DESK_ICON_EVENT || HIWORD(l) != NUMBER || !icon->wanted)
        return FALSE;
    event(icon, LOWORD(l), (short)LOWORD(w), (short)HIWORD(w));
    return TRUE;
}
